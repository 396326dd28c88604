package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ItemCollectionMetrics;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;

/** Writes up to a hundred items, of any tables, all of them or none. */
public final class TransactWriteItems {
  private TransactWriteItems() {}

  /**
   * What the caller asks. Immutable.
   *
   * @param clientRequestToken by which a repetition of the request is known, absent for none
   */
  public record Request(
      List<Action> actions,
      @Nullable String clientRequestToken,
      ReturnConsumedCapacity returnConsumedCapacity,
      ReturnItemCollectionMetrics returnItemCollectionMetrics) {
    public Request {
      actions = List.copyOf(actions);
    }
  }

  /** What is done to one item. Immutable. */
  public sealed interface Action {

    /** An action that names an item. */
    sealed interface OnItem extends Action {
      String tableName();

      WriteCondition condition();
    }

    /** Puts an item in the place of the one with its key, if there is one. */
    record Put(String tableName, Item item, WriteCondition condition) implements OnItem {}

    /** Changes attributes of the item with a key, and makes the item if there is none. */
    record Update(String tableName, Item key, String expression, WriteCondition condition)
        implements OnItem {}

    /** Deletes the item with a key, if there is one. */
    record Delete(String tableName, Item key, WriteCondition condition) implements OnItem {}

    /** Changes nothing, but holds the item with a key to a condition. */
    record ConditionCheck(String tableName, Item key, WriteCondition condition) implements OnItem {}

    /** An action with which something is wrong, to be told when its turn comes. */
    record Bad(String problem) implements Action {}
  }

  /**
   * What the caller is told: everything was written. Immutable.
   *
   * @param consumedCapacity of each table
   * @param itemCollectionMetrics of each table that has any, as the request names it
   * @param repeated whether it had been written before, under the same token, and was now only read
   */
  public record Response(
      @Nullable List<ConsumedCapacity> consumedCapacity,
      @Nullable Map<String, List<ItemCollectionMetrics>> itemCollectionMetrics,
      boolean repeated) {}
}
