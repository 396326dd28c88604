package org.ostraka.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An import as the API shows it. Immutable.
 *
 * @param table the table that it makes, as it was asked for
 * @param csv how CSV is to be read; absent when nothing was said about it
 * @param end when it ended; absent while it is in progress
 * @param failure why it failed; absent unless it has
 */
public record ImportDescription(
    TransferArn arn,
    TableDescription table,
    TransferStatus status,
    String clientToken,
    Source source,
    ItemFormat format,
    Optional<Csv> csv,
    Compression compression,
    Counts counts,
    Optional<Instant> end,
    Optional<TransferFailure> failure) {

  /**
   * Where the items come from. Immutable.
   *
   * @param owner the account that must own the bucket; absent for that of the table
   */
  public record Source(String bucket, Optional<String> owner, Optional<String> prefix) {}

  /**
   * How CSV is read. Immutable.
   *
   * @param delimiter what separates values; absent for a comma
   * @param header the names of the columns; empty when the first line has them
   */
  public record Csv(Optional<String> delimiter, List<String> header) {
    public Csv {
      header = List.copyOf(header);
    }
  }

  /** How files are compressed. */
  public enum Compression {
    GZIP,
    ZSTD,
    NONE
  }

  /**
   * How much is done. Immutable.
   *
   * @param bytes the bytes that were read, after they were decompressed
   * @param processed the items that were read
   * @param imported the items that were written
   * @param errors the items that were refused
   */
  public record Counts(long bytes, long processed, long imported, long errors) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  /** Returns the import after more of it is done. */
  public ImportDescription with(Counts next) {
    return new ImportDescription(
        arn, table, status, clientToken, source, format, csv, compression, next, end, failure);
  }

  /** Returns the import after its end. */
  public ImportDescription completed(Instant at) {
    return ended(TransferStatus.COMPLETED, at, Optional.empty());
  }

  /** Returns the import after it has failed. */
  public ImportDescription failed(Instant at, TransferFailure why) {
    return ended(TransferStatus.FAILED, at, Optional.of(why));
  }

  private ImportDescription ended(TransferStatus next, Instant at, Optional<TransferFailure> why) {
    return new ImportDescription(
        arn,
        table,
        next,
        clientToken,
        source,
        format,
        csv,
        compression,
        counts,
        Optional.of(at),
        why);
  }
}
