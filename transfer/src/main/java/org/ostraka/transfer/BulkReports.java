package org.ostraka.transfer;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.engine.transfer.BulkJob;
import org.ostraka.engine.transfer.BulkOperations;
import org.ostraka.engine.transfer.BulkReport;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Guard;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.wire.ReportLines;

/**
 * Brings what is reported of bulk operations into files. Any thread.
 *
 * <p>A file is put first; then one decision forgets what is in it. Its name follows from its
 * number, so what is repeated after a stop replaces what was there.
 */
final class BulkReports {
  /** The bytes of reports after which there is another file. */
  static final long FILE_BYTES = 8 << 20;

  private final Buckets buckets;
  private final BulkOperations operations;

  BulkReports(Buckets buckets, BulkOperations operations) {
    this.buckets = buckets;
    this.operations = operations;
  }

  /**
   * Puts all reports into files.
   *
   * @return the job after that; empty when it was not as it is known
   */
  Optional<BulkJob> file(BulkJob job, List<Guard> guards) {
    BulkJob now = job;
    List<BulkReport> reports = operations.reports(now, FILE_BYTES);
    while (!reports.isEmpty()) {
      Bytes errors = joined(reports, BulkReport::errors);
      Bytes unmet = joined(reports, BulkReport::unmet);
      put(now.operation(), BulkOperation.Report.ERROR, now.errorFiles(), errors);
      put(now.operation(), BulkOperation.Report.CONDITION_CHECK_FAILURE, now.unmetFiles(), unmet);
      BulkJob next = now.reported(errors.sizeBytes() > 0 ? 1 : 0, unmet.sizeBytes() > 0 ? 1 : 0);
      if (!operations.store(now, next, reports, guards)) {
        return Optional.empty();
      }
      now = next;
      reports = operations.reports(now, FILE_BYTES);
    }
    return Optional.of(now);
  }

  private void put(BulkOperation operation, BulkOperation.Report kind, long number, Bytes content) {
    if (content.sizeBytes() > 0) {
      String key = operation.folder() + kind + String.format("/%012d.json", number);
      var _ = buckets.put(bucket(operation), key, content);
    }
  }

  private static Bytes joined(List<BulkReport> reports, Function<BulkReport, Bytes> part) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    reports.forEach(report -> all.writeBytes(part.apply(report).array()));
    return Bytes.wrap(all.toByteArray());
  }

  /** Shows that the bucket can be written to. */
  void begin(BulkOperation operation) {
    var _ = buckets.put(bucket(operation), operation.folder() + "_started", Bytes.EMPTY);
  }

  /** Puts the summary of an operation that has ended. */
  void end(BulkOperation ended, BulkJob job) {
    var _ =
        buckets.put(
            bucket(ended),
            ended.folder() + "manifest-summary.json",
            ReportLines.manifest(ended, job));
  }

  private static BucketName bucket(BulkOperation operation) {
    return new BucketName(operation.output().bucket(), operation.output().owner());
  }
}
