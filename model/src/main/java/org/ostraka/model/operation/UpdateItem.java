package org.ostraka.model.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ItemCollectionMetrics;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;

/** Changes attributes of the item with a key, and makes the item if there is none. */
public final class UpdateItem {
  private UpdateItem() {}

  /**
   * What the caller asks. Immutable.
   *
   * @param updateExpression what to change; absent to see to it that there is an item
   * @param attributeUpdates the same in the older form, by attribute
   */
  public record Request(
      String tableName,
      Item key,
      @Nullable String updateExpression,
      @Nullable Map<String, AttributeUpdate> attributeUpdates,
      WriteCondition condition,
      ReturnValues returnValues,
      ReturnConsumedCapacity returnConsumedCapacity,
      ReturnItemCollectionMetrics returnItemCollectionMetrics) {}

  /** What the caller is told. Immutable. */
  public record Response(
      @Nullable Item attributes,
      @Nullable ConsumedCapacity consumedCapacity,
      @Nullable ItemCollectionMetrics itemCollectionMetrics) {}
}
