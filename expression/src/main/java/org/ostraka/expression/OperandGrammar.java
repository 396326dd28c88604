package org.ostraka.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * The grammar rules that all expressions share: document paths, values, functions, and parentheses
 * around one of them. One thread.
 *
 * <p>Rules {@code operand}, {@code func}, {@code path} of {@code DynamoDbGrammar.g4} in npm
 * amazon-dax-client.
 */
final class OperandGrammar {
  private final TokenReader reader;

  OperandGrammar(TokenReader reader) {
    this.reader = reader;
  }

  Syntax operand() {
    if (!reader.at(Token.Kind.OPEN)) {
      return simple();
    }
    reader.open();
    return reader.close(operand());
  }

  /** Reads an operand without parentheses. */
  Syntax simple() {
    return switch (reader.peek().kind()) {
      case VALUE_PLACEHOLDER -> value();
      case NAME -> reader.before(Token.Kind.OPEN) ? call() : path();
      case NAME_PLACEHOLDER -> path();
      default -> throw reader.unexpected();
    };
  }

  Syntax.Value value() {
    return new Syntax.Value(reader.expect(Token.Kind.VALUE_PLACEHOLDER).text());
  }

  private Syntax call() {
    reader.operator();
    String function = reader.next().text();
    reader.expect(Token.Kind.OPEN);
    List<Syntax> operands = reader.list(this::operand);
    reader.expect(Token.Kind.CLOSE);
    return new Syntax.Call(function, List.copyOf(operands));
  }

  Syntax.DocumentPath path() {
    List<Syntax.Part> parts = new ArrayList<>();
    parts.add(name());
    while (true) {
      if (reader.take(Token.Kind.DOT)) {
        parts.add(name());
      } else if (reader.take(Token.Kind.OPEN_INDEX)) {
        parts.add(new Syntax.Part.Index(reader.expect(Token.Kind.INDEX).text()));
        reader.expect(Token.Kind.CLOSE_INDEX);
      } else {
        return new Syntax.DocumentPath(List.copyOf(parts));
      }
    }
  }

  private Syntax.Part name() {
    return switch (reader.peek().kind()) {
      case NAME -> new Syntax.Part.Name(reader.next().text());
      case NAME_PLACEHOLDER -> new Syntax.Part.Placeholder(reader.next().text());
      default -> throw reader.unexpected();
    };
  }
}
