package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A reader of the tokens of one statement. One thread. */
final class TokenReader {
  /** The most levels of nested terms; no source states the service's limit. */
  private static final int DEPTH_MAX = 200;

  private final List<Token> tokens;
  private int position;
  private int depth;
  private int parameters;

  TokenReader(String text) {
    this.tokens = Lexer.tokens(text);
  }

  Token peek() {
    return tokens.get(position);
  }

  /** Returns the token after the next; the END token if nothing follows. */
  Token peekSecond() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (token.kind() != Token.Kind.END) {
      position++;
    }
    return token;
  }

  boolean at(Token.Kind kind) {
    return peek().kind() == kind;
  }

  boolean at(String keyword) {
    return peek().is(keyword);
  }

  /** Returns whether the next two tokens are these keywords. */
  boolean at(String keyword, String following) {
    return at(keyword) && peekSecond().is(following);
  }

  boolean take(Token.Kind kind) {
    boolean taken = at(kind);
    if (taken) {
      position++;
    }
    return taken;
  }

  boolean take(String keyword) {
    boolean taken = at(keyword);
    if (taken) {
      position++;
    }
    return taken;
  }

  boolean take(String keyword, String following) {
    boolean taken = at(keyword, following);
    if (taken) {
      position += 2;
    }
    return taken;
  }

  Token expect(Token.Kind kind) {
    if (!at(kind)) {
      throw StatementErrors.malformed("Expected " + kind);
    }
    return next();
  }

  void expect(String keyword, String problem) {
    if (!take(keyword)) {
      throw StatementErrors.malformed(problem);
    }
  }

  /** Reads one or more elements with {@code element}, separated by commas. */
  <T> List<T> list(Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    do {
      elements.add(element.get());
    } while (take(Token.Kind.COMMA));
    return List.copyOf(elements);
  }

  /** Reads elements as {@link #list} does, up to an end token; the list may be empty. */
  <T> List<T> listUntil(Token.Kind end, Supplier<T> element) {
    if (take(end)) {
      return List.of();
    }
    List<T> elements = list(element);
    expect(end);
    return elements;
  }

  /** Reads with {@code term} one level deeper. */
  <T> T nested(Supplier<T> term) {
    depth++;
    if (depth > DEPTH_MAX) {
      throw StatementErrors.tooDeep();
    }
    T read = term.get();
    depth--;
    return read;
  }

  /** Counts a parameter, and returns its index from 0. */
  int parameter() {
    return parameters++;
  }

  int parameters() {
    return parameters;
  }
}
