package org.ostraka.engine.item;

import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.expression.Condition;
import org.ostraka.model.Item;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.operation.WriteCondition;

/**
 * What must hold of an item for it to be written. Immutable.
 *
 * @param condition the condition; absent when anything will do
 * @param returnsItem whether a failure tells the item as it is
 */
public record ConditionCheck(Optional<Condition> condition, boolean returnsItem) {
  /** Anything will do. */
  public static final ConditionCheck NONE = new ConditionCheck(Optional.empty(), false);

  private static final Item NO_ATTRIBUTES = new Item(Map.of());

  public static ConditionCheck of(WriteExpressions expressions, WriteCondition asked) {
    return new ConditionCheck(expressions.condition(), asked.returnsItem());
  }

  /**
   * Returns when the condition holds of the item, or of no attributes when there is no item.
   *
   * @throws ConditionalCheckFailedException when the condition does not hold
   */
  void require(CurrentItem current) {
    if (condition.isPresent() && !condition.get().holds(current.item().orElse(NO_ATTRIBUTES))) {
      throw new ConditionalCheckFailedException(
          returnsItem ? current.stored().map(ItemEncoding::ofStored) : Optional.empty());
    }
  }
}
