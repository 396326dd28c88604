package org.ostraka.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * The grammar rules of conditions, filters and key conditions: OR binds loosest, then AND, then
 * NOT. One thread.
 *
 * <p>Rule {@code condition} of {@code DynamoDbGrammar.g4} in npm amazon-dax-client. Whether an
 * opening parenthesis encloses a condition or an operand is known only at its end. So the rules
 * read both, and accept a lone operand directly within parentheses.
 */
final class ConditionGrammar {
  private final TokenReader reader;
  private final OperandGrammar operands;

  private ConditionGrammar(TokenReader reader) {
    this.reader = reader;
    this.operands = new OperandGrammar(reader);
  }

  static Syntax read(TokenReader reader) {
    Syntax condition = new ConditionGrammar(reader).or(false);
    reader.expect(Token.Kind.END);
    return condition;
  }

  private Syntax or(boolean enclosed) {
    Syntax first = and(enclosed);
    if (!reader.at(Token.Kind.OR)) {
      return first;
    }
    List<Syntax> conditions = new ArrayList<>();
    conditions.add(first);
    while (reader.take(Token.Kind.OR)) {
      reader.operator();
      conditions.add(and(false));
    }
    return new Syntax.Or(List.copyOf(conditions));
  }

  private Syntax and(boolean enclosed) {
    Syntax first = not(enclosed);
    if (!reader.at(Token.Kind.AND)) {
      return first;
    }
    List<Syntax> conditions = new ArrayList<>();
    conditions.add(first);
    while (reader.take(Token.Kind.AND)) {
      reader.operator();
      conditions.add(not(false));
    }
    return new Syntax.And(List.copyOf(conditions));
  }

  private Syntax not(boolean enclosed) {
    if (reader.take(Token.Kind.NOT)) {
      reader.operator();
      return new Syntax.Not(not(false));
    }
    return primary(enclosed);
  }

  private Syntax primary(boolean enclosed) {
    if (!reader.at(Token.Kind.OPEN)) {
      return relation(operands.simple(), enclosed);
    }
    reader.open();
    Syntax parentheses = reader.close(or(true));
    return isCondition(parentheses.bare()) ? parentheses : relation(parentheses, enclosed);
  }

  /** Returns whether the syntax can only be a condition: a function call can also be an operand. */
  private static boolean isCondition(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Compare _, Syntax.Between _, Syntax.In _ -> true;
      case Syntax.And _, Syntax.Or _, Syntax.Not _ -> true;
      case Syntax.DocumentPath _, Syntax.Value _, Syntax.Call _ -> false;
      case Syntax.Parentheses _, Syntax.Arithmetic _ -> false;
    };
  }

  private Syntax relation(Syntax operand, boolean enclosed) {
    return switch (reader.peek().kind()) {
      case COMPARISON -> compare(operand);
      case BETWEEN -> between(operand);
      case IN -> in(operand);
      case CLOSE -> {
        if (enclosed || operand.bare() instanceof Syntax.Call) {
          yield operand;
        }
        throw reader.unexpected();
      }
      default -> {
        if (operand.bare() instanceof Syntax.Call) {
          yield operand;
        }
        throw reader.unexpected();
      }
    };
  }

  private Syntax compare(Syntax left) {
    reader.operator();
    Comparison comparison = Comparison.of(reader.next().text());
    return new Syntax.Compare(comparison, left, operands.operand());
  }

  private Syntax between(Syntax operand) {
    reader.operator();
    reader.next();
    Syntax lower = operands.operand();
    reader.expect(Token.Kind.AND);
    return new Syntax.Between(operand, lower, operands.operand());
  }

  private Syntax in(Syntax operand) {
    reader.operator();
    reader.next();
    reader.expect(Token.Kind.OPEN);
    List<Syntax> candidates = List.copyOf(reader.list(operands::operand));
    reader.expect(Token.Kind.CLOSE);
    return new Syntax.In(operand, candidates);
  }
}
