package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Reads the items with up to a hundred keys, of any tables. */
public final class BatchGetItem {
  private BatchGetItem() {}

  /** The request, in the order in which it lists its parts. Immutable. */
  public record Request(List<KeysOfTable> tables, ReturnConsumedCapacity returnConsumedCapacity) {
    public Request {
      tables = List.copyOf(tables);
    }
  }

  /**
   * The keys to read from one table, and how to read their items. Immutable.
   *
   * @param keys the keys, up to the first that has a bad value
   * @param badValue the problem of the key that follows, absent when there is none
   * @param attributesToGet the attributes to return, absent for all
   * @param projectionExpression the parts of the items to return, absent for all of them
   * @param names the attribute names of the projection's placeholders
   * @param consistentRead as the request states it
   */
  public record KeysOfTable(
      String tableName,
      List<Item> keys,
      @Nullable String badValue,
      @Nullable List<String> attributesToGet,
      @Nullable String projectionExpression,
      @Nullable Map<String, String> names,
      @Nullable Boolean consistentRead) {
    public KeysOfTable {
      keys = List.copyOf(keys);
    }

    /** Returns the same request with other keys. */
    public KeysOfTable with(List<Item> others) {
      return new KeysOfTable(
          tableName,
          others,
          badValue,
          attributesToGet,
          projectionExpression,
          names,
          consistentRead);
    }

    /** Returns whether the items are read with strong consistency. */
    public boolean isConsistent() {
      return Boolean.TRUE.equals(consistentRead);
    }
  }

  /**
   * The response. Immutable.
   *
   * @param items the items that were found, by table, as the request names it
   * @param unprocessed the keys that were not read, for the caller to request again
   * @param consumedCapacity one for each table
   */
  public record Response(
      Map<String, List<Item>> items,
      List<KeysOfTable> unprocessed,
      @Nullable List<ConsumedCapacity> consumedCapacity) {}
}
