package org.ostraka.expression;

import java.util.Arrays;
import java.util.Optional;

/** The functions of expressions, with their names. Immutable. */
enum Function {
  ATTRIBUTE_EXISTS("attribute_exists", 1, Use.CONDITION),
  ATTRIBUTE_NOT_EXISTS("attribute_not_exists", 1, Use.CONDITION),
  ATTRIBUTE_TYPE("attribute_type", 2, Use.CONDITION),
  BEGINS_WITH("begins_with", 2, Use.CONDITION),
  CONTAINS("contains", 2, Use.CONDITION),
  SIZE("size", 1, Use.OPERAND),
  IF_NOT_EXISTS("if_not_exists", 2, Use.UPDATE),
  LIST_APPEND("list_append", 2, Use.UPDATE);

  /** The places where a function is allowed. */
  enum Use {
    /** As a condition of its own. */
    CONDITION,
    /** As an operand within a condition. */
    OPERAND,
    /** In the value of a SET. */
    UPDATE
  }

  private final String text;
  private final int operands;
  private final Use use;

  Function(String text, int operands, Use use) {
    this.text = text;
    this.operands = operands;
    this.use = use;
  }

  String text() {
    return text;
  }

  int operands() {
    return operands;
  }

  Use use() {
    return use;
  }

  /** Returns the function of this name, which must be in lower case; empty if there is none. */
  static Optional<Function> named(String text) {
    return Arrays.stream(values()).filter(f -> f.text.equals(text)).findFirst();
  }
}
