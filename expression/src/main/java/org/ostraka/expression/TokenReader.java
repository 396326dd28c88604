package org.ostraka.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ostraka.model.Utf8;
import org.ostraka.model.error.ValidationException;

/**
 * A reader of the tokens of one expression, which refuses text that is too long, too deep or
 * unexpected. One thread.
 */
final class TokenReader {
  /**
   * The most levels of nested parentheses. Without redundant ones each level has an operator or
   * function of its own, or an operand in the last, so deeper ones are certainly redundant.
   */
  private static final int PARENTHESES_MAX = ExpressionLimits.OPERATORS + 2;

  private final ExpressionParameter parameter;
  private final String text;
  private final List<Token> tokens;
  private int position;
  private int operators;
  private int parentheses;

  TokenReader(ExpressionParameter parameter, String text) {
    this.parameter = parameter;
    this.text = text;
    if (text.isEmpty()) {
      throw parameter.invalid("The expression can not be empty;");
    }
    int size = Utf8.sizeBytes(text);
    if (size > ExpressionLimits.EXPRESSION_BYTES) {
      throw parameter.invalid(
          "Expression size has exceeded the maximum allowed size;"
              + (parameter == ExpressionParameter.SCAN_FILTER ? " expression size: " + size : ""));
    }
    this.tokens = Lexer.tokens(text);
  }

  boolean at(Token.Kind kind) {
    return peek().kind() == kind;
  }

  /** Returns whether the token after the next is of this kind. */
  boolean before(Token.Kind kind) {
    return position + 1 < tokens.size() && tokens.get(position + 1).kind() == kind;
  }

  Token peek() {
    return tokens.get(position);
  }

  Token next() {
    return tokens.get(position++);
  }

  /** Takes the next token if it is of this kind, and returns whether it did. */
  boolean take(Token.Kind kind) {
    boolean taken = at(kind);
    if (taken) {
      position++;
    }
    return taken;
  }

  Token expect(Token.Kind kind) {
    if (!at(kind)) {
      throw unexpected();
    }
    return next();
  }

  /** Reads one or more elements with {@code element}, separated by commas. */
  <T> List<T> list(Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    do {
      elements.add(element.get());
    } while (take(Token.Kind.COMMA));
    return elements;
  }

  /**
   * Returns the error for the next token, which shows it and the text from the token before it to
   * the one after it.
   */
  ValidationException unexpected() {
    Token token = peek();
    int start = tokens.get(Math.max(position - 1, 0)).start();
    int end = tokens.get(Math.min(position + 1, tokens.size() - 1)).end();
    return parameter.invalid(
        "Syntax error; token: \""
            + token.text()
            + "\", near: \""
            + text.substring(start, end)
            + "\"");
  }

  /** Counts an operator or function. */
  void operator() {
    operators++;
    if (operators > ExpressionLimits.OPERATORS) {
      throw parameter.invalid(
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  /** Opens parentheses. */
  void open() {
    expect(Token.Kind.OPEN);
    parentheses++;
    if (parentheses > PARENTHESES_MAX) {
      throw redundantParentheses();
    }
  }

  /** Closes parentheses; refuses them as redundant when they directly enclose others. */
  Syntax close(Syntax inner) {
    expect(Token.Kind.CLOSE);
    parentheses--;
    if (inner instanceof Syntax.Parentheses) {
      throw redundantParentheses();
    }
    return new Syntax.Parentheses(inner);
  }

  private ValidationException redundantParentheses() {
    return parameter.invalid("The expression has redundant parentheses;");
  }

  /** Returns the placeholders of the whole text. */
  PlaceholderUse placeholders() {
    return new PlaceholderUse(
        texts(Token.Kind.NAME_PLACEHOLDER), texts(Token.Kind.VALUE_PLACEHOLDER));
  }

  private Set<String> texts(Token.Kind kind) {
    Set<String> texts = new LinkedHashSet<>();
    for (Token token : tokens) {
      if (token.kind() == kind) {
        texts.add(token.text());
      }
    }
    return texts;
  }
}
