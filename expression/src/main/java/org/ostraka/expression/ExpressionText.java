package org.ostraka.expression;

/**
 * A tree as text with placeholders for all names and values, which parses to the same tree.
 * Immutable.
 *
 * @param text an expression, which may be longer than the service allows
 */
public record ExpressionText(String text, Placeholders placeholders) {

  public static ExpressionText of(Condition condition) {
    ExpressionPrinter printer = new ExpressionPrinter();
    return printer.finish(printer.condition(condition));
  }

  public static ExpressionText of(Projection projection) {
    ExpressionPrinter printer = new ExpressionPrinter();
    return printer.finish(printer.list(projection.paths(), printer::path));
  }

  /** Returns text with the actions of one kind together, in the order of each kind's first. */
  public static ExpressionText of(Update update) {
    ExpressionPrinter printer = new ExpressionPrinter();
    return printer.finish(printer.update(update));
  }

  /** Returns the text alone: values may contain item contents, which no message shows. */
  @Override
  public String toString() {
    return text;
  }
}
