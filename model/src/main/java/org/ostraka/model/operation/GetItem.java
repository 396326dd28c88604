package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Reads the item with a key. */
public final class GetItem {
  private GetItem() {}

  /**
   * The request. Immutable.
   *
   * @param attributesToGet the attributes to return, absent for all
   * @param projectionExpression the parts of the item to return, absent for all of it
   * @param names the attribute names of the projection's placeholders
   */
  public record Request(
      String tableName,
      Item key,
      @Nullable List<String> attributesToGet,
      @Nullable String projectionExpression,
      @Nullable Map<String, String> names,
      boolean consistentRead,
      ReturnConsumedCapacity returnConsumedCapacity) {}

  /** The response. Immutable. */
  public record Response(@Nullable Item item, @Nullable ConsumedCapacity consumedCapacity) {}
}
