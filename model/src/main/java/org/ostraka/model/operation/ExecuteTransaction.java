package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/**
 * Carries out up to a hundred statements of PartiQL, all of them or none: all of them read, or all
 * write.
 */
public final class ExecuteTransaction {
  private ExecuteTransaction() {}

  /**
   * The request. Immutable.
   *
   * @param clientRequestToken the token that identifies a repetition of the request, absent for
   *     none
   */
  public record Request(
      List<ParameterizedStatement> statements,
      @Nullable String clientRequestToken,
      ReturnConsumedCapacity returnConsumedCapacity) {
    public Request {
      statements = List.copyOf(statements);
    }
  }

  /**
   * The response. Immutable.
   *
   * @param items the items that were read, in the order of the statements; empty when they write
   * @param consumedCapacity one for each table
   * @param consumedReads whether that is read capacity: that of reads, or of a repeated write that
   *     was carried out before, under the same token, and was now only read
   */
  public record Response(
      List<Optional<Item>> items,
      @Nullable List<ConsumedCapacity> consumedCapacity,
      boolean consumedReads) {}
}
