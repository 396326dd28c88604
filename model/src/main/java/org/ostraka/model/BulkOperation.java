package org.ostraka.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bulk operation as the API shows it: items of a bucket are put into a table. Immutable.
 *
 * @param tableId the id of the table, which a later table of the same name does not have
 * @param maxWriteUnits the most write units in a second; absent when there is no limit
 * @param end when it ended; absent while it is in progress
 * @param failure why it failed or was cancelled; absent unless it has
 */
public record BulkOperation(
    TransferArn arn,
    String tableId,
    Status status,
    String clientToken,
    Input input,
    Output output,
    OptionalLong maxWriteUnits,
    Tier tier,
    Counts counts,
    Optional<Instant> end,
    Optional<TransferFailure> failure) {

  /** How far an operation is. */
  public enum Status {
    IN_PROGRESS,
    COMPLETED,
    COMPLETED_WITH_ERRORS,
    CANCELLING,
    CANCELLED,
    FAILED
  }

  /** How fast an operation is wanted. It has no effect here: every operation goes as it can. */
  public enum Tier {
    STANDARD,
    ACCELERATED
  }

  /** What is reported of items that are not written. */
  public enum Report {
    ERROR,
    CONDITION_CHECK_FAILURE
  }

  /**
   * Where the items come from. Immutable.
   *
   * @param owner the account that must own the bucket; absent for that of the table
   */
  public record Input(
      String bucket,
      Optional<String> owner,
      Optional<String> prefix,
      ItemFormat format,
      ImportDescription.Compression compression) {}

  /**
   * Where reports go. Immutable.
   *
   * @param owner the account that must own the bucket; absent for that of the table
   * @param algorithm the encryption that was asked for; absent for that of the bucket
   */
  public record Output(
      String bucket,
      Optional<String> owner,
      Optional<String> prefix,
      Optional<String> algorithm,
      List<Report> reports) {
    public Output {
      reports = List.copyOf(reports);
    }
  }

  /**
   * How much is done. Immutable.
   *
   * @param items the items that were read, written or not
   * @param failed the items that break a rule
   * @param unmet the items whose condition did not hold
   * @param writtenBytes the sizes of the items that were written
   * @param readBytes the bytes of objects that were read
   * @param totalBytes the bytes of all objects; absent until they were counted
   */
  public record Counts(
      long items,
      long failed,
      long unmet,
      long writtenBytes,
      long readBytes,
      OptionalLong totalBytes) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, OptionalLong.empty());

    /** Returns the counts when so many bytes are to be read. */
    public Counts ofTotal(long bytes) {
      return new Counts(items, failed, unmet, writtenBytes, readBytes, OptionalLong.of(bytes));
    }

    /** Returns the counts after so many bytes were read. */
    public Counts read(long bytes) {
      return new Counts(items, failed, unmet, writtenBytes, bytes, totalBytes);
    }
  }

  /** Returns whether it has not ended. */
  public boolean isActive() {
    return end.isEmpty();
  }

  public BulkOperation with(Counts next) {
    return with(status, next, end, failure);
  }

  public BulkOperation cancelling() {
    return with(Status.CANCELLING, counts, end, failure);
  }

  /** Returns the operation after all objects. */
  public BulkOperation completed(Instant at) {
    Status next = counts.failed() > 0 ? Status.COMPLETED_WITH_ERRORS : Status.COMPLETED;
    return with(next, counts, Optional.of(at), Optional.empty());
  }

  public BulkOperation failed(Instant at, TransferFailure why) {
    return with(Status.FAILED, counts, Optional.of(at), Optional.of(why));
  }

  public BulkOperation cancelled(Instant at) {
    // Our own words: the service's are not known.
    TransferFailure why = new TransferFailure("Cancelled", "The operation was cancelled");
    return with(Status.CANCELLED, counts, Optional.of(at), Optional.of(why));
  }

  private BulkOperation with(
      Status nextStatus, Counts next, Optional<Instant> at, Optional<TransferFailure> why) {
    return new BulkOperation(
        arn, tableId, nextStatus, clientToken, input, output, maxWriteUnits, tier, next, at, why);
  }

  /** Returns the folder of its reports, with a slash at its end. */
  public String folder() {
    return output.prefix().map(prefix -> prefix + "/").orElse("") + "AWSDynamoDB/" + arn.id() + "/";
  }
}
