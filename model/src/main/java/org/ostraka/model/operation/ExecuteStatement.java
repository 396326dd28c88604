package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Reads items, or writes one, as a statement of PartiQL says. */
public final class ExecuteStatement {
  private ExecuteStatement() {}

  /**
   * What the caller asks. Immutable.
   *
   * @param nextToken where the page before ended, absent for the first page
   * @param limit items that are read, at most; absent for a page of the service's size
   */
  public record Request(
      ParameterizedStatement statement,
      @Nullable String nextToken,
      @Nullable Integer limit,
      ReturnConsumedCapacity returnConsumedCapacity) {}

  /**
   * What the caller is told. Immutable.
   *
   * @param items what was read, or what a write returns of its item
   * @param nextToken with which the statement goes on, absent when nothing is left
   * @param lastEvaluatedKey the key of the last item that was read, where there is a token
   * @param onlyRead whether the statement was one that only reads
   */
  public record Response(
      List<Item> items,
      @Nullable String nextToken,
      @Nullable Item lastEvaluatedKey,
      @Nullable ConsumedCapacity consumedCapacity,
      boolean onlyRead) {}
}
