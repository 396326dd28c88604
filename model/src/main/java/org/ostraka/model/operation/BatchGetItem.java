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

  /** What the caller asks, in the order in which it was asked. Immutable. */
  public record Request(List<KeysOfTable> tables, ReturnConsumedCapacity returnConsumedCapacity) {
    public Request {
      tables = List.copyOf(tables);
    }
  }

  /**
   * The keys that are asked of one table, and how their items are read. Immutable.
   *
   * @param keys the keys, up to the first that has a bad value
   * @param badValue what is wrong with the key that follows, absent when nothing is
   * @param attributesToGet the attributes to return, absent for all
   * @param projectionExpression the parts of the items to return, absent for all of them
   * @param names what the placeholders of the projection stand for
   * @param consistentRead as the request has it
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

    /** The same with other keys. */
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

    /** Whether the items are read as they are now. */
    public boolean isConsistent() {
      return Boolean.TRUE.equals(consistentRead);
    }
  }

  /**
   * What the caller is told. Immutable.
   *
   * @param items the items that were found, by table, as the request names it
   * @param unprocessed what was not read, to be asked again
   * @param consumedCapacity of each table
   */
  public record Response(
      Map<String, List<Item>> items,
      List<KeysOfTable> unprocessed,
      @Nullable List<ConsumedCapacity> consumedCapacity) {}
}
