package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Reads up to a hundred items, of any tables, as they are at one point in time. */
public final class TransactGetItems {
  private TransactGetItems() {}

  /** The request. Immutable. */
  public record Request(List<Get> gets, ReturnConsumedCapacity returnConsumedCapacity) {
    public Request {
      gets = List.copyOf(gets);
    }
  }

  /**
   * An item to read. Immutable.
   *
   * @param projectionExpression the parts of the item to return, absent for all of it
   * @param names the attribute names of the projection's placeholders
   * @param badValue the problem of a value of the key, absent when there is none
   */
  public record Get(
      String tableName,
      Item key,
      @Nullable String projectionExpression,
      @Nullable Map<String, String> names,
      @Nullable String badValue) {}

  /**
   * The response. Immutable.
   *
   * @param items for each requested item, in that order, its requested parts; absent if it does not
   *     exist
   * @param consumedCapacity one for each table
   */
  public record Response(
      List<Optional<Item>> items, @Nullable List<ConsumedCapacity> consumedCapacity) {}
}
