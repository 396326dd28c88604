package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ostraka.model.error.ValidationException;

/**
 * A lexer that splits a statement into tokens, as PartiQL's reference parser does
 * (partiql-lang-kotlin 0.2, {@code SqlLexer.kt}): names and keywords in ASCII, comments as in SQL,
 * quotes doubled within quotes. One thread.
 */
final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private int lineStart;

  private Lexer(String text) {
    this.text = text;
  }

  /**
   * Returns the text's tokens, of which only the last is of kind END.
   *
   * @throws ValidationException if some text is no token
   */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.position < text.length()) {
      lexer.next();
    }
    lexer.add(Token.Kind.END, "", 0);
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(position);
    switch (c) {
      case ' ', '\t', '\u000B', '\f' -> position++;
      case '\n', '\r' -> newLine();
      case '(' -> sign(Token.Kind.LEFT_PAREN);
      case ')' -> sign(Token.Kind.RIGHT_PAREN);
      case '[' -> sign(Token.Kind.LEFT_BRACKET);
      case ']' -> sign(Token.Kind.RIGHT_BRACKET);
      case '{' -> sign(Token.Kind.LEFT_CURLY);
      case '}' -> sign(Token.Kind.RIGHT_CURLY);
      case ',' -> sign(Token.Kind.COMMA);
      case ':' -> sign(Token.Kind.COLON);
      case ';' -> sign(Token.Kind.SEMICOLON);
      case '*' -> sign(Token.Kind.STAR);
      case '?' -> sign(Token.Kind.QUESTION_MARK);
      case '\'' -> quoted(c, Token.Kind.STRING);
      case '"' -> quoted(c, Token.Kind.QUOTED_IDENTIFIER);
      case '.' -> {
        if (isDigit(at(1))) {
          number();
        } else {
          sign(Token.Kind.DOT);
        }
      }
      default -> word(c);
    }
  }

  private void word(char c) {
    if (isNameStart(c)) {
      int end = position;
      while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
        end++;
      }
      name(text.substring(position, end));
    } else if (isDigit(c)) {
      number();
    } else {
      operator(c);
    }
  }

  private void name(String word) {
    String lowerCase = word.toLowerCase(Locale.ROOT);
    boolean keyword = Keywords.contains(lowerCase);
    add(
        keyword ? Token.Kind.KEYWORD : Token.Kind.IDENTIFIER,
        keyword ? lowerCase : word,
        word.length());
  }

  private void operator(char c) {
    char after = at(1);
    switch (c) {
      case '-' -> {
        if (after == '-') {
          lineComment();
        } else {
          operator("-", 1);
        }
      }
      case '/' -> {
        if (after == '*') {
          blockComment();
        } else {
          operator("/", 1);
        }
      }
      case '<' -> {
        if (after == '<') {
          add(Token.Kind.LEFT_DOUBLE_ANGLE_BRACKET, "<<", 2);
        } else {
          int length = after == '=' || after == '>' ? 2 : 1;
          operator(text.substring(position, position + length), length);
        }
      }
      case '>' -> {
        if (after == '>') {
          add(Token.Kind.RIGHT_DOUBLE_ANGLE_BRACKET, ">>", 2);
        } else {
          operator(after == '=' ? ">=" : ">", after == '=' ? 2 : 1);
        }
      }
      case '=', '+', '%', '^', '@' -> operator(String.valueOf(c), 1);
      case '!' -> operatorOfTwo(after == '=', "<>");
      case '|' -> operatorOfTwo(after == '|', "||");
      default -> throw notAToken();
    }
  }

  private void operatorOfTwo(boolean complete, String operator) {
    if (!complete) {
      throw notAToken();
    }
    operator(operator, 2);
  }

  private void operator(String operator, int length) {
    add(Token.Kind.OPERATOR, operator, length);
  }

  private void sign(Token.Kind kind) {
    add(kind, String.valueOf(text.charAt(position)), 1);
  }

  private void number() {
    int end = digitsEnd(position);
    if (end < text.length() && text.charAt(end) == '.') {
      end = digitsEnd(end + 1);
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int digits = end + 1;
      if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) {
        digits++;
      }
      end = digitsEnd(digits);
      if (end == digits) {
        throw notAToken();
      }
    }
    add(Token.Kind.NUMBER, text.substring(position, end), end - position);
  }

  private int digitsEnd(int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private void quoted(char quote, Token.Kind kind) {
    StringBuilder content = new StringBuilder();
    int end = position + 1;
    while (true) {
      int close = text.indexOf(quote, end);
      if (close < 0) {
        throw notAToken();
      }
      content.append(text, end, close);
      end = close + 1;
      if (end == text.length() || text.charAt(end) != quote) {
        break;
      }
      content.append(quote);
      end++;
    }
    Token token = token(kind, content.toString(), end - position);
    while (position < end) {
      skip();
    }
    tokens.add(token);
  }

  private void lineComment() {
    while (position < text.length() && !isNewLine(text.charAt(position))) {
      position++;
    }
  }

  private void blockComment() {
    int end = text.indexOf("*/", position + 2);
    if (end < 0) {
      throw notAToken();
    }
    while (position < end + 2) {
      skip();
    }
  }

  private void skip() {
    if (isNewLine(text.charAt(position))) {
      newLine();
    } else {
      position++;
    }
  }

  private void newLine() {
    boolean withinPair = text.charAt(position) == '\r' && at(1) == '\n';
    position++;
    if (!withinPair) {
      line++;
      lineStart = position;
    }
  }

  private void add(Token.Kind kind, String content, int length) {
    tokens.add(token(kind, content, length));
    position += length;
  }

  private Token token(Token.Kind kind, String content, int length) {
    return new Token(kind, content, line, position - lineStart + 1, length);
  }

  /** Returns the char at a distance, or NUL past the end; no token contains NUL. */
  private char at(int distance) {
    return position + distance < text.length() ? text.charAt(position + distance) : '\0';
  }

  private static ValidationException notAToken() {
    return StatementErrors.malformed("");
  }

  private static boolean isNewLine(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
