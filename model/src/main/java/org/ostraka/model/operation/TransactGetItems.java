package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Reads up to a hundred items, of any tables, as they are at one moment. */
public final class TransactGetItems {
  private TransactGetItems() {}

  /** What the caller asks. Immutable. */
  public record Request(List<Get> gets, ReturnConsumedCapacity returnConsumedCapacity) {
    public Request {
      gets = List.copyOf(gets);
    }
  }

  /**
   * An item to read. Immutable.
   *
   * @param projectionExpression the parts of the item to return, absent for all of it
   * @param names what the placeholders of the projection stand for
   * @param badValue what is wrong with a value of the key, absent when nothing is
   */
  public record Get(
      String tableName,
      Item key,
      @Nullable String projectionExpression,
      @Nullable Map<String, String> names,
      @Nullable String badValue) {}

  /**
   * What the caller is told. Immutable.
   *
   * @param items for each item that was asked for, in that order, what is wanted of it, if it is
   *     there
   * @param consumedCapacity of each table
   */
  public record Response(
      List<Optional<Item>> items, @Nullable List<ConsumedCapacity> consumedCapacity) {}
}
