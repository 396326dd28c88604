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
   * The request. Immutable.
   *
   * @param clientRequestToken the token that identifies a repetition of the request, absent for
   *     none
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

  /** An action on one item. Immutable. */
  public sealed interface Action {

    /** An action that names an item. */
    sealed interface OnItem extends Action {
      String tableName();

      WriteCondition condition();
    }

    /** Puts an item, and replaces the one with its key if there is one. */
    record Put(String tableName, Item item, WriteCondition condition) implements OnItem {}

    /** Changes attributes of the item with a key, and creates the item if there is none. */
    record Update(String tableName, Item key, String expression, WriteCondition condition)
        implements OnItem {}

    /** Deletes the item with a key, if there is one. */
    record Delete(String tableName, Item key, WriteCondition condition) implements OnItem {}

    /** Changes nothing, but checks a condition on the item with a key. */
    record ConditionCheck(String tableName, Item key, WriteCondition condition) implements OnItem {}

    /** An invalid action, whose problem is reported when its turn comes. */
    record Bad(String problem) implements Action {}
  }

  /**
   * The response, sent when everything was written. Immutable.
   *
   * @param consumedCapacity one for each table
   * @param itemCollectionMetrics by table as the request names it, for tables that have any
   * @param repeated whether this repeats a request that was written before, under the same token,
   *     and was now only read
   */
  public record Response(
      @Nullable List<ConsumedCapacity> consumedCapacity,
      @Nullable Map<String, List<ItemCollectionMetrics>> itemCollectionMetrics,
      boolean repeated) {}
}
