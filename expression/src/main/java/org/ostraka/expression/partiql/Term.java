package org.ostraka.expression.partiql;

import java.util.List;

/**
 * What a statement's text says where PartiQL has an expression: a path, a value, an operation. What
 * DynamoDB makes of it depends on the place. Immutable.
 */
sealed interface Term {

  /** The token that begins the term, or its operator. */
  Token at();

  /** One step of a path after its first name. */
  sealed interface PathStep {
    record Name(String name) implements PathStep {}

    record Element(Term index) implements PathStep {}
  }

  record Path(Token at, List<PathStep> steps) implements Term {}

  record Text(Token at) implements Term {}

  /** Digits, with a minus sign where one was written before them. */
  record Numeral(Token at, String digits) implements Term {}

  record Bool(Token at, boolean value) implements Term {}

  record Null(Token at) implements Term {}

  record Missing(Token at) implements Term {}

  /** A question mark; indexes count from 0. */
  record Parameter(Token at, int index) implements Term {}

  record ListOf(Token at, List<Term> elements) implements Term {}

  record MapOf(Token at, List<Entry> entries) implements Term {}

  record Entry(Term name, Term value) {}

  record SetOf(Token at, List<Term> elements) implements Term {}

  /** A function, its name in lower case. */
  record Call(Token at, String function, List<Term> operands) implements Term {}

  /** A term in parentheses. */
  record Group(Token at, Term inner) implements Term {}

  record Negation(Token at, Term operand) implements Term {}

  record And(Token at, List<Term> operands) implements Term {}

  record Or(Token at, List<Term> operands) implements Term {}

  record Not(Token at, Term operand) implements Term {}

  /** A comparison or arithmetic, by its operator. */
  record Binary(Token at, Term left, Term right) implements Term {}

  record Between(Token at, boolean negated, Term operand, Term lower, Term upper) implements Term {}

  record In(Token at, boolean negated, Term operand, Term candidates) implements Term {}

  /** A test for a type, by the type's keyword. */
  record Is(Token at, boolean negated, Term operand, Token type) implements Term {}

  /** What stands within all parentheses. */
  default Term bare() {
    Term term = this;
    while (term instanceof Group(_, Term inner)) {
      term = inner;
    }
    return term;
  }
}
