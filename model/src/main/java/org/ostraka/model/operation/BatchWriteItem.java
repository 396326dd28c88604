package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ItemCollectionMetrics;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;

/** Puts and deletes up to twenty-five items, of any tables. */
public final class BatchWriteItem {
  private BatchWriteItem() {}

  /** The request, in the order in which it lists its parts. Immutable. */
  public record Request(
      List<WritesOfTable> tables,
      ReturnConsumedCapacity returnConsumedCapacity,
      ReturnItemCollectionMetrics returnItemCollectionMetrics) {
    public Request {
      tables = List.copyOf(tables);
    }
  }

  /** The writes to one table. Immutable. */
  public record WritesOfTable(String tableName, List<Write> writes) {
    public WritesOfTable {
      writes = List.copyOf(writes);
    }
  }

  /** One write. Immutable. */
  public sealed interface Write {
    /** Puts an item, and replaces the one with its key if there is one. */
    record Put(Item item) implements Write {}

    /** Deletes the item with a key, if there is one. */
    record Delete(Item key) implements Write {}

    /** An invalid write, whose problem is reported when its turn comes. */
    record Bad(String problem) implements Write {}
  }

  /**
   * The response. Immutable.
   *
   * @param unprocessed the writes that were throttled, for the caller to request again
   * @param itemCollectionMetrics by table as the request names it, for tables that have any
   * @param consumedCapacity one for each table
   */
  public record Response(
      List<WritesOfTable> unprocessed,
      @Nullable Map<String, List<ItemCollectionMetrics>> itemCollectionMetrics,
      @Nullable List<ConsumedCapacity> consumedCapacity) {
    public Response {
      unprocessed = List.copyOf(unprocessed);
    }
  }
}
