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
   * What the caller asks. Immutable.
   *
   * @param clientRequestToken by which a repetition of the request is known, absent for none
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
   * What the caller is told. Immutable.
   *
   * @param items what was read, in the order of the statements; none where they write
   * @param consumedCapacity of each table
   * @param consumedReads whether that is capacity for reads: of reads, and of a write that had been
   *     carried out before, under the same token, and was now only read
   */
  public record Response(
      List<Optional<Item>> items,
      @Nullable List<ConsumedCapacity> consumedCapacity,
      boolean consumedReads) {}
}
