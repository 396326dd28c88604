package org.ostraka.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A lexer that splits an expression into tokens. It never fails, since unknown text becomes a token
 * of kind UNKNOWN. One thread.
 *
 * <p>The tokens are those of the grammar that Amazon publishes with its DAX client (npm
 * amazon-dax-client, {@code Tokens.g4}): keywords in any case, and quoted text as one token that no
 * rule accepts.
 */
final class Lexer {
  private static final Map<String, Token.Kind> KEYWORDS =
      Map.of(
          "AND", Token.Kind.AND,
          "OR", Token.Kind.OR,
          "NOT", Token.Kind.NOT,
          "IN", Token.Kind.IN,
          "BETWEEN", Token.Kind.BETWEEN,
          "SET", Token.Kind.SET,
          "ADD", Token.Kind.ADD,
          "DELETE", Token.Kind.DELETE,
          "REMOVE", Token.Kind.REMOVE);

  private static final int KEYWORD_CHARS_MAX = "BETWEEN".length();

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Lexer(String text) {
    this.text = text;
  }

  /** Returns the text's tokens, of which only the last is of kind END. */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.position < text.length()) {
      lexer.next();
    }
    lexer.tokens.add(new Token(Token.Kind.END, Token.END_TEXT, text.length(), text.length()));
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(position);
    switch (c) {
      case ' ', '\t', '\n', '\r' -> position++;
      case '=' -> add(Token.Kind.COMPARISON, 1);
      case '<' -> add(Token.Kind.COMPARISON, at(1, '=') || at(1, '>') ? 2 : 1);
      case '>' -> add(Token.Kind.COMPARISON, at(1, '=') ? 2 : 1);
      case '+' -> add(Token.Kind.PLUS, 1);
      case '-' -> add(Token.Kind.MINUS, 1);
      case '(' -> add(Token.Kind.OPEN, 1);
      case ')' -> add(Token.Kind.CLOSE, 1);
      case '[' -> add(Token.Kind.OPEN_INDEX, 1);
      case ']' -> add(Token.Kind.CLOSE_INDEX, 1);
      case ',' -> add(Token.Kind.COMMA, 1);
      case '.' -> add(Token.Kind.DOT, 1);
      case '#' -> placeholder(Token.Kind.NAME_PLACEHOLDER);
      case ':' -> placeholder(Token.Kind.VALUE_PLACEHOLDER);
      case '"', '\'' -> quoted(c);
      default -> word(c);
    }
  }

  private void word(char first) {
    if (isLetter(first)) {
      int length = wordLength(1);
      add(wordKind(text.substring(position, position + length)), length);
    } else if (isDigit(first)) {
      add(Token.Kind.INDEX, first == '0' ? 1 : digitsLength());
    } else {
      add(Token.Kind.UNKNOWN, Character.charCount(text.codePointAt(position)));
    }
  }

  private static Token.Kind wordKind(String word) {
    if (word.length() > KEYWORD_CHARS_MAX) {
      return Token.Kind.NAME;
    }
    return KEYWORDS.getOrDefault(word.toUpperCase(Locale.ROOT), Token.Kind.NAME);
  }

  private void placeholder(Token.Kind kind) {
    int length = wordLength(1);
    add(length == 1 ? Token.Kind.UNKNOWN : kind, length);
  }

  private void quoted(char quote) {
    int end = position + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      boolean escaped =
          text.charAt(end) == '\\' && end + 1 < text.length() && text.charAt(end + 1) == quote;
      end += escaped ? 2 : 1;
    }
    add(Token.Kind.UNKNOWN, end < text.length() ? end + 1 - position : 1);
  }

  private void add(Token.Kind kind, int length) {
    int end = position + length;
    tokens.add(new Token(kind, text.substring(position, end), position, end));
    position = end;
  }

  private boolean at(int offset, char expected) {
    return position + offset < text.length() && text.charAt(position + offset) == expected;
  }

  private int wordLength(int length) {
    int end = position + length;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return end - position;
  }

  private int digitsLength() {
    int end = position;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end - position;
  }

  private static boolean isWord(char c) {
    return isLetter(c) || isDigit(c) || c == '_';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
