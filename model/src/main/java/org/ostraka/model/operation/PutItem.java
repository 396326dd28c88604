package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ItemCollectionMetrics;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;

/** Puts an item, and replaces the one with its key if there is one. */
public final class PutItem {
  private PutItem() {}

  /** The request. Immutable. */
  public record Request(
      String tableName,
      Item item,
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
