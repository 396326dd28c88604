package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/**
 * An export as the API shows it. Immutable.
 *
 * @param exportTime the moment whose state is exported; for an incremental export its end
 * @param increment the changes that are exported; absent for a whole table
 * @param filter which items and attributes are exported; absent for all
 * @param end when it ended; absent while it is in progress
 * @param result what was exported; absent unless it is completed
 * @param failure why it failed; absent unless it has
 */
public record ExportDescription(
    TransferArn arn,
    String tableId,
    TransferStatus status,
    Instant exportTime,
    String clientToken,
    Destination destination,
    ItemFormat format,
    Optional<Increment> increment,
    Optional<ExportFilter> filter,
    Optional<Instant> end,
    Optional<Result> result,
    Optional<TransferFailure> failure) {

  /**
   * Where an export goes. Immutable.
   *
   * @param owner the account that must own the bucket; absent when that does not matter
   */
  public record Destination(String bucket, Optional<String> owner, Optional<String> prefix) {}

  /**
   * The changes of an incremental export. Immutable.
   *
   * @param from the first moment
   * @param to the moment after the last one
   */
  public record Increment(Instant from, Instant to, ExportView view) {}

  /** What was exported. Immutable. */
  public record Result(long itemCount, long billedSizeBytes) {}

  /** Returns the start of the names of the export's own objects. */
  public String folder() {
    return shared() + arn.id() + "/";
  }

  /** Returns the start of the names of all exports to the same place. */
  public String shared() {
    return destination
            .prefix()
            .filter(prefix -> !prefix.isEmpty())
            .map(prefix -> prefix + "/")
            .orElse("")
        + "AWSDynamoDB/";
  }

  /** Returns the name of the manifest that sums the export up. */
  public String manifest() {
    return folder() + "manifest-summary.json";
  }

  /** Returns the export after its end. */
  public ExportDescription completed(Instant at, Result exported) {
    return ended(TransferStatus.COMPLETED, at, Optional.of(exported), Optional.empty());
  }

  /** Returns the export after it has failed. */
  public ExportDescription failed(Instant at, TransferFailure why) {
    return ended(TransferStatus.FAILED, at, Optional.empty(), Optional.of(why));
  }

  private ExportDescription ended(
      TransferStatus next, Instant at, Optional<Result> exported, Optional<TransferFailure> why) {
    return new ExportDescription(
        arn,
        tableId,
        next,
        exportTime,
        clientToken,
        destination,
        format,
        increment,
        filter,
        Optional.of(at),
        exported,
        why);
  }
}
