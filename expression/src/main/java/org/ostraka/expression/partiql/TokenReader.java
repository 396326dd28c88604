package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Goes over the tokens of one statement. One thread. */
final class TokenReader {
  /** Terms within each other; no source tells the service's bound. */
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

  /** The token after the next; the end's own where nothing follows. */
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

  /** True if the next two tokens are these keywords. */
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

  /** One or more of what {@code element} reads, with commas between. */
  <T> List<T> list(Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    do {
      elements.add(element.get());
    } while (take(Token.Kind.COMMA));
    return List.copyOf(elements);
  }

  /** As {@link #list}, up to a token that may also follow at once. */
  <T> List<T> listUntil(Token.Kind end, Supplier<T> element) {
    if (take(end)) {
      return List.of();
    }
    List<T> elements = list(element);
    expect(end);
    return elements;
  }

  /** What {@code term} reads, one level deeper. */
  <T> T nested(Supplier<T> term) {
    depth++;
    if (depth > DEPTH_MAX) {
      throw StatementErrors.tooDeep();
    }
    T read = term.get();
    depth--;
    return read;
  }

  /** Counts a parameter, and gives its index from 0. */
  int parameter() {
    return parameters++;
  }

  int parameters() {
    return parameters;
  }
}
