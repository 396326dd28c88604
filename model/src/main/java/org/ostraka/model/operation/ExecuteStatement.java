package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Carries out a statement of PartiQL, which reads items or writes one. */
public final class ExecuteStatement {
  private ExecuteStatement() {}

  /**
   * The request. Immutable.
   *
   * @param nextToken the token for the end of the previous page, absent for the first page
   * @param limit the most items to read; absent for a page of the service's size
   */
  public record Request(
      ParameterizedStatement statement,
      @Nullable String nextToken,
      @Nullable Integer limit,
      ReturnConsumedCapacity returnConsumedCapacity) {}

  /**
   * The response. Immutable.
   *
   * @param items the items that were read, or the item that a write returns
   * @param nextToken the token that continues the statement, absent when nothing is left
   * @param lastEvaluatedKey the key of the last item that was read, present when there is a token
   * @param onlyRead whether the statement only reads
   */
  public record Response(
      List<Item> items,
      @Nullable String nextToken,
      @Nullable Item lastEvaluatedKey,
      @Nullable ConsumedCapacity consumedCapacity,
      boolean onlyRead) {}
}
