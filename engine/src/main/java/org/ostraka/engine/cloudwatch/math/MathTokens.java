package org.ostraka.engine.cloudwatch.math;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of an expression, read one after the other. One thread. */
final class MathTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+)"
              + "|([A-Za-z_][A-Za-z0-9_]*)"
              + "|'([^']*)'|\"([^\"]*)\""
              + "|(\\|\\||&&|[=!<>]=|[-+*/^<>(),\\[\\]]))");

  private static final int NUMBER = 1;
  private static final int WORD = 2;
  private static final int QUOTED = 3;
  private static final int DOUBLE_QUOTED = 4;
  private static final int SYMBOL = 5;

  /** What a token is. */
  enum Kind {
    NUMBER,
    WORD,
    TEXT,
    SYMBOL,
    END
  }

  /** A token. Immutable. */
  record Token(Kind kind, String text) {
    boolean is(String word) {
      return kind != Kind.TEXT && text.equals(word);
    }
  }

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  MathTokens(String expression) {
    Matcher matcher = TOKEN.matcher(expression);
    int at = 0;
    while (at < expression.length() && !expression.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new MathException("Unexpected character at position " + (at + 1));
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, ""));
  }

  private static Token token(Matcher found) {
    if (found.group(NUMBER) != null) {
      return new Token(Kind.NUMBER, found.group(NUMBER));
    }
    if (found.group(WORD) != null) {
      return new Token(Kind.WORD, found.group(WORD));
    }
    if (found.group(SYMBOL) != null) {
      return new Token(Kind.SYMBOL, found.group(SYMBOL));
    }
    String quoted = found.group(QUOTED);
    return new Token(Kind.TEXT, quoted == null ? found.group(DOUBLE_QUOTED) : quoted);
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  /** Takes the next token if it is this one. */
  boolean takes(String word) {
    boolean is = peek().is(word) && peek().kind() != Kind.END;
    if (is) {
      next++;
    }
    return is;
  }

  void require(String word) {
    if (!takes(word)) {
      throw unexpected();
    }
  }

  MathException unexpected() {
    Token token = peek();
    return new MathException(
        token.kind() == Kind.END
            ? "The expression ends too early"
            : "Unexpected token '" + token.text() + "'");
  }
}
