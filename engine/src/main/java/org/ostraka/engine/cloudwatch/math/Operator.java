package org.ostraka.engine.cloudwatch.math;

import java.util.List;

/** The operators between two values, from those that bind least. Comparisons give 1 or 0. */
enum Operator {
  OR("||", "OR"),
  AND("&&", "AND"),
  EQUAL("=="),
  NOT_EQUAL("!="),
  AT_MOST("<="),
  AT_LEAST(">="),
  LESS("<"),
  GREATER(">"),
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDED("/"),
  POWER("^");

  /** The operators of each strength. */
  static final List<List<Operator>> LEVELS =
      List.of(
          List.of(OR),
          List.of(AND),
          List.of(EQUAL, NOT_EQUAL, AT_MOST, AT_LEAST, LESS, GREATER),
          List.of(PLUS, MINUS),
          List.of(TIMES, DIVIDED));

  private final List<String> words;

  Operator(String... words) {
    this.words = List.of(words);
  }

  boolean isCalled(String word) {
    return words.contains(word);
  }

  double apply(double left, double right) {
    return switch (this) {
      case OR -> truth(left != 0 || right != 0);
      case AND -> truth(left != 0 && right != 0);
      case EQUAL -> truth(left == right);
      case NOT_EQUAL -> truth(left != right);
      case AT_MOST -> truth(left <= right);
      case AT_LEAST -> truth(left >= right);
      case LESS -> truth(left < right);
      case GREATER -> truth(left > right);
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDED -> left / right;
      case POWER -> Math.pow(left, right);
    };
  }

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }
}
