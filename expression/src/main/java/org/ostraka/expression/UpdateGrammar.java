package org.ostraka.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grammar rules of updates. One thread.
 *
 * <p>Rule {@code update} of {@code DynamoDbGrammar.g4} in npm amazon-dax-client: one {@code +} or
 * {@code -} for each SET, with or without parentheses around it.
 */
final class UpdateGrammar {
  private final TokenReader reader;
  private final OperandGrammar operands;

  private UpdateGrammar(TokenReader reader) {
    this.reader = reader;
    this.operands = new OperandGrammar(reader);
  }

  static UpdateSyntax read(TokenReader reader) {
    UpdateGrammar grammar = new UpdateGrammar(reader);
    List<UpdateSyntax.Section> sections = new ArrayList<>();
    do {
      sections.add(grammar.section());
    } while (!reader.take(Token.Kind.END));
    return new UpdateSyntax(List.copyOf(sections));
  }

  private UpdateSyntax.Section section() {
    Token.Kind keyword = reader.peek().kind();
    return switch (keyword) {
      case SET, REMOVE, ADD, DELETE -> {
        reader.next();
        yield new UpdateSyntax.Section(keyword, List.copyOf(reader.list(() -> action(keyword))));
      }
      default -> throw reader.unexpected();
    };
  }

  private UpdateSyntax.Action action(Token.Kind keyword) {
    Syntax.DocumentPath path = operands.path();
    Optional<Syntax> value =
        switch (keyword) {
          case REMOVE -> Optional.empty();
          case SET -> {
            expectEquals();
            yield Optional.of(setValue());
          }
          default -> Optional.of(operands.value());
        };
    return new UpdateSyntax.Action(keyword, path, value);
  }

  private void expectEquals() {
    if (!reader.peek().text().equals(Comparison.EQUAL.symbol())) {
      throw reader.unexpected();
    }
    reader.next();
  }

  private Syntax setValue() {
    Syntax left = enclosed();
    boolean complete = left.bare() instanceof Syntax.Arithmetic;
    if (complete || !(reader.at(Token.Kind.PLUS) || reader.at(Token.Kind.MINUS))) {
      return left;
    }
    reader.operator();
    String operator = reader.next().text();
    return new Syntax.Arithmetic(operator, left, operands.operand());
  }

  private Syntax enclosed() {
    if (!reader.at(Token.Kind.OPEN)) {
      return operands.simple();
    }
    reader.open();
    return reader.close(setValue());
  }
}
