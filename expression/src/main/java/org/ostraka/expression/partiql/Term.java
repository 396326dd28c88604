package org.ostraka.expression.partiql;

import java.util.List;

/**
 * The syntax of an expression in a statement's text: a path, a value, an operation. Its meaning in
 * DynamoDB depends on the place. Immutable.
 */
sealed interface Term {

  /** Returns the token that begins the term, or its operator. */
  Token at();

  /** One step of a path after its first name. */
  sealed interface PathStep {
    record Name(String name) implements PathStep {}

    record Element(Term index) implements PathStep {}
  }

  record Path(Token at, List<PathStep> steps) implements Term {}

  record Text(Token at) implements Term {}

  /** Digits, with a minus sign if one precedes them. */
  record Numeral(Token at, String digits) implements Term {}

  record Bool(Token at, boolean value) implements Term {}

  record Null(Token at) implements Term {}

  record Missing(Token at) implements Term {}

  /** A question mark, with its index counted from 0. */
  record Parameter(Token at, int index) implements Term {}

  record ListOf(Token at, List<Term> elements) implements Term {}

  record MapOf(Token at, List<Entry> entries) implements Term {}

  record Entry(Term name, Term value) {}

  record SetOf(Token at, List<Term> elements) implements Term {}

  /** A function, its name in lower case. */
  record Call(Token at, String function, List<Term> operands) implements Term {}

  /** A query within a statement, whose content is dropped: DynamoDB's dialect has none. */
  record Subquery(Token at) implements Term {}

  /** A term in parentheses. */
  record Group(Token at, Term inner) implements Term {}

  record Negation(Token at, Term operand) implements Term {}

  record And(Token at, List<Term> operands) implements Term {}

  record Or(Token at, List<Term> operands) implements Term {}

  record Not(Token at, Term operand) implements Term {}

  /** A comparison or arithmetic, by its operator. */
  record Binary(Token at, Term left, Term right) implements Term {
    String operationName() {
      return switch (at.text()) {
        case "=" -> "Eq";
        case "<>" -> "Ne";
        case "<" -> "Lt";
        case "<=" -> "Lte";
        case ">" -> "Gt";
        case ">=" -> "Gte";
        case "+" -> "Plus";
        case "-" -> "Minus";
        case "/" -> "Divide";
        case "%" -> "Modulo";
        case "||" -> "Concat";
        case "like" -> "Like";
        default -> throw new AssertionError("not an infix operator");
      };
    }
  }

  record Between(Token at, boolean negated, Term operand, Term lower, Term upper) implements Term {}

  record In(Token at, boolean negated, Term operand, Term candidates) implements Term {}

  /** A test for a type, by the type's keyword. */
  record Is(Token at, boolean negated, Term operand, Token type) implements Term {}

  /**
   * Returns the term's name in the reference parser's tree, which messages show; for a function its
   * own name.
   */
  default String treeName() {
    return switch (this) {
      case Path(_, List<PathStep> steps) -> steps.isEmpty() ? "Id" : "Path";
      case Text _, Numeral _, Bool _, Null _ -> "Lit";
      case Missing _ -> "Missing";
      case Parameter _ -> "Parameter";
      case ListOf _ -> "List";
      case MapOf _ -> "Struct";
      case SetOf _ -> "Bag";
      case Call call -> call.function();
      case Subquery _ -> "Select";
      case Group(_, Term inner) -> inner.treeName();
      case Negation(Token at, _) -> at.text().equals("-") ? "Neg" : "Pos";
      case And _ -> "And";
      case Or _ -> "Or";
      case Not _ -> "Not";
      case Binary binary -> binary.operationName();
      case Between between -> between.negated() ? "Not" : "Between";
      case In in -> in.negated() ? "Not" : "InCollection";
      case Is is -> is.negated() ? "Not" : "IsType";
    };
  }

  /** Returns the term within all parentheses. */
  default Term bare() {
    Term term = this;
    while (term instanceof Group(_, Term inner)) {
      term = inner;
    }
    return term;
  }
}
