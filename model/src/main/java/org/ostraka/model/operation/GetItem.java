package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Reads the item with a key. */
public final class GetItem {
  private GetItem() {}

  /**
   * What the caller asks. Immutable.
   *
   * @param attributesToGet the attributes to return, absent for all
   */
  public record Request(
      String tableName,
      Item key,
      @Nullable List<String> attributesToGet,
      boolean consistentRead,
      ReturnConsumedCapacity returnConsumedCapacity) {}

  /** What the caller is told. Immutable. */
  public record Response(@Nullable Item item, @Nullable ConsumedCapacity consumedCapacity) {}
}
