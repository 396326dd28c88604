package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ostraka.model.error.ValidationException;

/**
 * The grammar rules of PartiQL's expressions, with the precedence and the errors of its reference
 * parser (partiql-lang-kotlin 0.2, {@code SqlParser.kt} and {@code LexerConstants.kt}). One thread.
 */
final class TermGrammar {
  private static final int ANYTHING = 0;
  private static final int OR = 10;
  private static final int AND = 20;
  private static final int NOT = 30;
  private static final int EQUALITY = 40;
  private static final int COMPARISON = 50;
  private static final int ADDITION = 60;
  private static final int MULTIPLICATION = 70;

  /** The words that may follow NOT as an infix operator. */
  private static final Set<String> NEGATED = Set.of("in", "between", "like");

  private final TokenReader reader;
  private final Runnable query;

  /**
   * Makes the rules over the reader's tokens.
   *
   * @param query reads what follows the SELECT of a query within a statement
   */
  TermGrammar(TokenReader reader, Runnable query) {
    this.reader = reader;
    this.query = query;
  }

  Term term() {
    return term(ANYTHING);
  }

  /** Reads a term whose operators all bind more closely than {@code above}. */
  private Term term(int above) {
    return reader.nested(() -> {
      Term left = unary();
      int precedence = precedence();
      while (precedence > above) {
        left = infix(left, precedence);
        precedence = precedence();
      }
      return left;
    });
  }

  /** Returns how closely the next token binds as an infix operator, or 0 if it is none. */
  private int precedence() {
    Token token = reader.peek();
    if (token.kind() == Token.Kind.OPERATOR) {
      return switch (token.text()) {
        case "=", "<>" -> EQUALITY;
        case "<", "<=", ">", ">=" -> COMPARISON;
        case "+", "-", "||" -> ADDITION;
        case "/", "%" -> MULTIPLICATION;
        default -> ANYTHING;
      };
    }
    if (token.kind() != Token.Kind.KEYWORD) {
      return ANYTHING;
    }
    return switch (token.text()) {
      case "or" -> OR;
      case "and" -> AND;
      case "is", "in" -> EQUALITY;
      case "between", "like" -> COMPARISON;
      case "not" -> negatedPrecedence(reader.peekSecond());
      default -> ANYTHING;
    };
  }

  private static int negatedPrecedence(Token token) {
    if (token.kind() != Token.Kind.KEYWORD || !NEGATED.contains(token.text())) {
      return ANYTHING;
    }
    return token.is("in") ? EQUALITY : COMPARISON;
  }

  private Term infix(Term left, int precedence) {
    Token first = reader.next();
    boolean negated = first.is("not");
    Token operator = negated ? reader.next() : first;
    if (operator.is("is")) {
      boolean not = reader.take("not");
      return new Term.Is(operator, not, left, type());
    }
    if (operator.is("in") && reader.at(Token.Kind.LEFT_PAREN)) {
      return new Term.In(operator, negated, left, candidates());
    }
    Term right = right(precedence);
    if (operator.is("in")) {
      return new Term.In(operator, negated, left, right);
    }
    if (operator.is("between")) {
      reader.expect("and", "Expected AND after BETWEEN");
      if (reader.at(Token.Kind.END)) {
        throw StatementErrors.malformed("Expected expression after AND");
      }
      return new Term.Between(operator, negated, left, right, term(precedence));
    }
    if (operator.is("and")) {
      return left instanceof Term.And(Token at, List<Term> operands)
          ? new Term.And(at, with(operands, right))
          : new Term.And(operator, List.of(left, right));
    }
    if (operator.is("or")) {
      return left instanceof Term.Or(Token at, List<Term> operands)
          ? new Term.Or(at, with(operands, right))
          : new Term.Or(operator, List.of(left, right));
    }
    return new Term.Binary(operator, left, right);
  }

  private Term right(int precedence) {
    if (reader.at(Token.Kind.END)) {
      throw StatementErrors.malformed("Missing right-hand side expression of infix operator");
    }
    return term(precedence);
  }

  private static List<Term> with(List<Term> operands, Term last) {
    List<Term> all = new ArrayList<>(operands);
    all.add(last);
    return List.copyOf(all);
  }

  private Token type() {
    Token first = reader.next();
    Token type = TypeTest.continues(first, reader.peek()) ? first.joined(reader.next()) : first;
    if (!TypeTest.isType(type)) {
      throw StatementErrors.malformed("Expected type name");
    }
    return type;
  }

  private Term candidates() {
    Token open = reader.expect(Token.Kind.LEFT_PAREN);
    List<Term> elements = reader.list(this::term);
    reader.expect(Token.Kind.RIGHT_PAREN);
    return new Term.ListOf(open, elements);
  }

  private Term unary() {
    Token token = reader.peek();
    if (token.is("not")) {
      reader.next();
      return new Term.Not(token, term(NOT));
    }
    if (token.kind() == Token.Kind.OPERATOR && "+-".contains(token.text())) {
      reader.next();
      return signed(token, reader.nested(this::unary));
    }
    return path();
  }

  private static Term signed(Token sign, Term operand) {
    if (operand instanceof Term.Numeral(Token at, String digits)) {
      if (sign.text().equals("+")) {
        return operand;
      }
      return new Term.Numeral(at, digits.startsWith("-") ? digits.substring(1) : "-" + digits);
    }
    return new Term.Negation(sign, operand);
  }

  private Term path() {
    Term first = primary();
    if (!reader.at(Token.Kind.DOT) && !reader.at(Token.Kind.LEFT_BRACKET)) {
      return first;
    }
    if (!(first instanceof Term.Path(Token at, _))) {
      throw StatementErrors.unsupported("path", first.at());
    }
    return new Term.Path(at, steps("Invalid path dot component"));
  }

  /** Reads a path as the target of a clause; refuses any other term. */
  Term.Path simplePath() {
    if (!reader.peek().isName()) {
      throw StatementErrors.malformed("Expected identifier for simple path");
    }
    Token first = reader.next();
    List<Term.PathStep> steps = steps("Invalid path dot component for simple path");
    for (Term.PathStep step : steps) {
      if (step instanceof Term.PathStep.Element(Term index) && !isLiteral(index)) {
        throw StatementErrors.malformed("Invalid path component for simple path");
      }
    }
    return new Term.Path(first, steps);
  }

  private static boolean isLiteral(Term term) {
    return term instanceof Term.Numeral || term instanceof Term.Text;
  }

  private List<Term.PathStep> steps(String starProblem) {
    List<Term.PathStep> steps = new ArrayList<>();
    while (true) {
      if (reader.take(Token.Kind.DOT)) {
        steps.add(new Term.PathStep.Name(component(starProblem)));
      } else if (reader.take(Token.Kind.LEFT_BRACKET)) {
        steps.add(new Term.PathStep.Element(term()));
        reader.expect(Token.Kind.RIGHT_BRACKET);
      } else {
        return List.copyOf(steps);
      }
    }
  }

  private String component(String starProblem) {
    if (reader.at(Token.Kind.STAR)) {
      throw StatementErrors.malformed(starProblem);
    }
    if (!reader.peek().isName()) {
      throw StatementErrors.malformed("Invalid path dot component");
    }
    return reader.next().text();
  }

  private Term primary() {
    Token token = reader.peek();
    return switch (token.kind()) {
      case IDENTIFIER, QUOTED_IDENTIFIER -> {
        reader.next();
        yield reader.at(Token.Kind.LEFT_PAREN) ? call(token) : new Term.Path(token, List.of());
      }
      case KEYWORD -> keyword(token);
      case STRING -> new Term.Text(reader.next());
      case NUMBER -> new Term.Numeral(reader.next(), token.text());
      case QUESTION_MARK -> new Term.Parameter(reader.next(), reader.parameter());
      case LEFT_PAREN -> group();
      case LEFT_BRACKET -> {
        reader.next();
        yield new Term.ListOf(token, reader.listUntil(Token.Kind.RIGHT_BRACKET, this::term));
      }
      case LEFT_DOUBLE_ANGLE_BRACKET -> {
        reader.next();
        yield new Term.SetOf(
            token, reader.listUntil(Token.Kind.RIGHT_DOUBLE_ANGLE_BRACKET, this::term));
      }
      case LEFT_CURLY -> {
        reader.next();
        yield new Term.MapOf(token, reader.listUntil(Token.Kind.RIGHT_CURLY, this::entry));
      }
      case OPERATOR -> throw StatementErrors.malformed("Unexpected operator");
      default -> throw unexpectedTerm();
    };
  }

  private Term keyword(Token token) {
    reader.next();
    if (Keywords.isFunction(token) && reader.at(Token.Kind.LEFT_PAREN)) {
      return call(token);
    }
    return switch (token.text()) {
      case "true" -> new Term.Bool(token, true);
      case "false" -> new Term.Bool(token, false);
      case "null" -> new Term.Null(token);
      case "missing" -> new Term.Missing(token);
      case "as", "at", "by", "asc", "desc", "for" -> throw unexpectedTerm();
      case "and", "or", "is", "in", "between", "like" ->
          throw StatementErrors.malformed("Unexpected operator");
      case "select" -> {
        query.run();
        yield new Term.Subquery(token);
      }
      default -> throw StatementErrors.malformed("Unexpected keyword");
    };
  }

  private static ValidationException unexpectedTerm() {
    return StatementErrors.malformed("Unexpected term");
  }

  private Term group() {
    Token open = reader.next();
    if (reader.at(Token.Kind.RIGHT_PAREN)) {
      throw unexpectedTerm();
    }
    List<Term> terms = reader.list(this::term);
    reader.expect(Token.Kind.RIGHT_PAREN);
    return terms.size() == 1
        ? new Term.Group(open, terms.getFirst())
        : new Term.ListOf(open, terms);
  }

  private Term call(Token name) {
    reader.expect(Token.Kind.LEFT_PAREN);
    String function = name.text().toLowerCase(Locale.ROOT);
    if (reader.at(Token.Kind.STAR)) {
      if (!function.equals("count")) {
        throw StatementErrors.malformed(name.text() + "(*) is not allowed");
      }
      reader.next();
      reader.expect(Token.Kind.RIGHT_PAREN);
      return new Term.Call(name, function, List.of());
    }
    return new Term.Call(name, function, reader.listUntil(Token.Kind.RIGHT_PAREN, this::term));
  }

  private Term.Entry entry() {
    Term name = term();
    reader.expect(Token.Kind.COLON);
    return new Term.Entry(name, term());
  }
}
