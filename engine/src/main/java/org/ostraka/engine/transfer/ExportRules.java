package org.ostraka.engine.transfer;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ContinuousBackups;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.ExportView;
import org.ostraka.model.error.InvalidExportTimeException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ExportTableToPointInTime;

/**
 * The rules for requests of exports. Stateless.
 *
 * <p>The texts are those of findings EXPORT-001 to 006 and 019 of aws-controllers-k8s (October
 * 2026), unless a comment says otherwise.
 */
final class ExportRules {
  private static final String INCREMENTAL = "INCREMENTAL_EXPORT";
  private static final Duration MIN_PERIOD = Duration.ofMinutes(15);
  private static final Duration MAX_PERIOD = Duration.ofHours(24);

  private ExportRules() {}

  /** Refuses a request whose members contradict each other. */
  static void requireForm(ExportTableToPointInTime.Request request) {
    boolean isKms = "KMS".equals(request.encryption());
    if (request.keyId() != null && !isKms) {
      throw invalid("KMS Key Id is not supported for this encryption type");
    }
    if (isKms) {
      // Our own text: the objects are encrypted by the bucket, or not at all.
      throw invalid("S3SseAlgorithm KMS is not supported by this server");
    }
    boolean isIncremental = INCREMENTAL.equals(request.type());
    ExportTableToPointInTime.Increment increment = request.increment();
    if (increment == null) {
      if (isIncremental) {
        throw invalid(
            "Incremental Export Specification expected when export type is set as Incremental"
                + " Export");
      }
      return;
    }
    if (request.type() == null) {
      throw invalid(
          "Export Type expected to be Incremental Export when incremental export specification is"
              + " provided");
    }
    if (!isIncremental) {
      throw invalid(
          "When Export Type is Full Export , Incremental Export Specification should not be"
              + " provided");
    }
    if (increment.from() == null) {
      throw invalid("ExportFromTime must be provided in IncrementalExportSpecification");
    }
    if (request.exportTime() != null) {
      // Our own text: the service's is not known.
      throw invalid("ExportTime should not be provided for an incremental export");
    }
  }

  /** Returns the moment whose state is exported, which must be within the window. */
  static Instant moment(@Nullable Instant wanted, ContinuousBackups.Window window, Instant now) {
    if (wanted == null) {
      return now.truncatedTo(ChronoUnit.MILLIS);
    }
    if (wanted.isBefore(window.earliest()) || wanted.isAfter(now)) {
      throw new InvalidExportTimeException("Export Time is invalid");
    }
    if (wanted.isAfter(window.latest())) {
      throw new InvalidExportTimeException(
          "Point in Time Recovery is not available for specified export time");
    }
    return wanted;
  }

  /** Returns the changes that are exported, which must be within the window. */
  static ExportDescription.Increment increment(
      ExportTableToPointInTime.Increment wanted,
      Instant tableCreated,
      ContinuousBackups.Window window,
      Instant now) {
    Instant current = now.truncatedTo(ChronoUnit.SECONDS);
    Instant from = Optional.ofNullable(wanted.from()).orElse(current);
    Instant to = Optional.ofNullable(wanted.to()).orElse(current);
    if (from.isBefore(tableCreated.truncatedTo(ChronoUnit.SECONDS))) {
      throw new InvalidExportTimeException(
          "Incremental export period from time cannot be less than the table creation time : "
              + tableCreated.truncatedTo(ChronoUnit.SECONDS));
    }
    if (to.isAfter(now)) {
      throw new InvalidExportTimeException(
          "Incremental export period to time cannot be greater than the current time : " + current);
    }
    if (Duration.between(from, to).compareTo(MIN_PERIOD) < 0) {
      throw new InvalidExportTimeException(
          "Difference between export period from time and export period to time is less than 15"
              + " minutes");
    }
    if (Duration.between(from, to).compareTo(MAX_PERIOD) > 0) {
      // After the pattern of the text above: the service's is not known.
      throw new InvalidExportTimeException(
          "Difference between export period from time and export period to time is greater than 24"
              + " hours");
    }
    if (from.isBefore(window.earliest())) {
      throw new InvalidExportTimeException("Export Time is invalid");
    }
    return new ExportDescription.Increment(
        from, to, Optional.ofNullable(wanted.view()).orElse(ExportView.NEW_AND_OLD_IMAGES));
  }

  private static ValidationException invalid(String problem) {
    return new ValidationException("Invalid Request: " + problem);
  }
}
