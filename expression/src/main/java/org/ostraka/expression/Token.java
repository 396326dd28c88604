package org.ostraka.expression;

/** A word of an expression with its place: chars from {@code start} to before {@code end}. */
record Token(Kind kind, String text, int start, int end) {

  /** The kinds of tokens that the grammar distinguishes. */
  enum Kind {
    NAME,
    NAME_PLACEHOLDER,
    VALUE_PLACEHOLDER,
    INDEX,
    COMPARISON,
    PLUS,
    MINUS,
    OPEN,
    CLOSE,
    OPEN_INDEX,
    CLOSE_INDEX,
    COMMA,
    DOT,
    AND,
    OR,
    NOT,
    IN,
    BETWEEN,
    SET,
    ADD,
    DELETE,
    REMOVE,
    UNKNOWN,
    END
  }

  static final String END_TEXT = "<EOF>";
}
