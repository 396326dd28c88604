package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.load.Allowance;
import org.ostraka.expression.Condition;
import org.ostraka.model.Bytes;

/**
 * Counts the work of looking at items: making objects of them and evaluating expressions on them.
 * The thread of the allowance.
 *
 * @param expressions the number of comparisons, functions and actions of the expressions
 */
public record ItemWork(Allowance allowance, int expressions) {
  /** The number of comparisons on a large value that take as long as making its objects. */
  private static final int EXPRESSIONS_PER_DECODING = 8;

  /** Makes the work of items on which a condition is evaluated, if there is one. */
  public static ItemWork of(Allowance allowance, Optional<Condition> condition) {
    return new ItemWork(allowance, condition.map(Condition::size).orElse(0));
  }

  /**
   * Counts the work of looking at one item.
   *
   * @throws org.ostraka.engine.load.TooMuchWorkException when that is too much work for this thread
   */
  public void lookAt(Bytes stored) {
    allowance.compute(ItemEncoding.work(stored) * (1 + expressions / EXPRESSIONS_PER_DECODING));
  }
}
