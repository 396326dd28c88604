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
 * The condition that an item must meet to be written. Immutable.
 *
 * @param condition the condition; absent when there is none
 * @param returnsItem whether a failure returns the item as it is
 */
public record ConditionCheck(Optional<Condition> condition, boolean returnsItem) {
  /** No condition. */
  public static final ConditionCheck NONE = new ConditionCheck(Optional.empty(), false);

  private static final Item NO_ATTRIBUTES = new Item(Map.of());

  public static ConditionCheck of(WriteExpressions expressions, WriteCondition asked) {
    return new ConditionCheck(expressions.condition(), asked.returnsItem());
  }

  /**
   * Refuses an item of which the condition does not hold. An absent item counts as one without
   * attributes.
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
