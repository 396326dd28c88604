package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BulkOperation;

/** StartBulkPutItems: begins to put the items of a bucket's objects into a table. */
public final class StartBulkPutItems {
  private StartBulkPutItems() {}

  /** The request. Immutable. */
  public record Request(
      @Nullable String clientToken,
      BulkOperation.Input input,
      Output output,
      String tableName,
      OptionalLong maxWriteUnits,
      BulkOperation.Tier tier) {}

  /** Where reports are to go. Immutable. */
  public record Output(
      Optional<String> bucket,
      Optional<String> owner,
      Optional<String> prefix,
      Optional<String> algorithm,
      Optional<String> keyId,
      List<BulkOperation.Report> reports) {
    public Output {
      reports = List.copyOf(reports);
    }
  }

  /** The response. Immutable. */
  public record Response(BulkOperation operation) {}
}
