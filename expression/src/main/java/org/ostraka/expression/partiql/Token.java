package org.ostraka.expression.partiql;

/**
 * A word of a statement with its place. Immutable.
 *
 * @param text the token's content: a keyword in lower case, a name or a string without its quotes
 * @param line counted from 1
 * @param column counted from 1
 * @param length the length in the statement's text, quotes included
 */
record Token(Kind kind, String text, int line, int column, int length) {

  /** The kinds of tokens that the grammar distinguishes; messages show some of these names. */
  enum Kind {
    IDENTIFIER,
    QUOTED_IDENTIFIER,
    KEYWORD,
    STRING,
    NUMBER,
    QUESTION_MARK,
    OPERATOR,
    STAR,
    DOT,
    COMMA,
    COLON,
    SEMICOLON,
    LEFT_PAREN,
    RIGHT_PAREN,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    LEFT_CURLY,
    RIGHT_CURLY,
    LEFT_DOUBLE_ANGLE_BRACKET,
    RIGHT_DOUBLE_ANGLE_BRACKET,
    END
  }

  boolean isName() {
    return kind == Kind.IDENTIFIER || kind == Kind.QUOTED_IDENTIFIER;
  }

  boolean is(String keyword) {
    return kind == Kind.KEYWORD && text.equals(keyword);
  }

  /** Returns this keyword and the next as one. */
  Token joined(Token next) {
    int joinedLength = next.line == line ? next.column + next.length - column : length;
    return new Token(kind, text + "_" + next.text, line, column, joinedLength);
  }

  /** Returns the token's place as the service's messages write it: line, column, length. */
  String place() {
    return line + ":" + column + ":" + length;
  }
}
