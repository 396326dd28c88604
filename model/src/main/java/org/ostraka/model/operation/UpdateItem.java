package org.ostraka.model.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ItemCollectionMetrics;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;

/** Changes attributes of the item with a key, and creates the item if there is none. */
public final class UpdateItem {
  private UpdateItem() {}

  /**
   * The request. Immutable.
   *
   * @param updateExpression the changes; absent to only make sure that the item exists
   * @param attributeUpdates the changes in the older form, by attribute
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

  /** The response. Immutable. */
  public record Response(
      @Nullable Item attributes,
      @Nullable ConsumedCapacity consumedCapacity,
      @Nullable ItemCollectionMetrics itemCollectionMetrics) {}
}
