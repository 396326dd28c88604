package org.ostraka.engine.transfer;

import java.util.List;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.StartBulkPutItems;

/**
 * The rules for bulk operations ("StartBulkPutItems" in the API Reference; "Bulk put items
 * considerations, quotas, and permissions" in the Developer Guide). Stateless.
 *
 * <p>The texts are our own: the service's are not known.
 */
final class BulkRules {
  /** The operations of an account in a region at the same time; as for imports. */
  private static final int MAX_IN_PROGRESS = 50;

  private BulkRules() {}

  /** Refuses a request whose members contradict each other; returns the bucket of the reports. */
  static String requireForm(StartBulkPutItems.Request request) {
    StartBulkPutItems.Output output = request.output();
    boolean isKms = output.algorithm().filter("KMS"::equals).isPresent();
    if (output.keyId().isPresent() && !isKms) {
      throw invalid("KMS Key Id is not supported for this encryption type");
    }
    if (isKms) {
      throw invalid("S3SseAlgorithm KMS is not supported by this server");
    }
    if (output.reports().isEmpty()) {
      throw invalid("OutputType must have at least one value");
    }
    return output
        .bucket()
        .orElseThrow(() -> invalid("S3Bucket must be provided in OutputS3Configuration"));
  }

  /** Refuses a table that is not there yet, or changes so that its items cannot be put. */
  static void requireState(TableRecord record) {
    TableArn arn = record.description().arn();
    TableStatus status = record.description().status();
    if (status == TableStatus.DELETING) {
      throw new ResourceNotFoundException("Requested resource not found: Table: " + arn.table());
    }
    boolean isChanging =
        status == TableStatus.CREATING
            || record.description().globalIndexes().stream()
                .anyMatch(index -> index.status() == IndexStatus.CREATING);
    if (isChanging) {
      throw ResourceInUseException.whileChanging(
          "Table is being created, or an index of it: " + arn.table());
    }
    if (record.description().global().isPresent()) {
      throw invalid("Bulk operations are not supported for global tables");
    }
  }

  /** Refuses an operation when there are too many of its account, or one on its table. */
  static void requireRoom(TableRecord record, List<BulkJob> inProgress) {
    TableArn table = record.description().arn();
    List<TableArn> busy =
        inProgress.stream()
            .map(job -> job.operation().arn().table())
            .filter(each -> each.owner().equals(table.owner()))
            .toList();
    if (busy.contains(table)) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: There is a limit of 1 concurrent bulk operation per table");
    }
    if (busy.size() >= MAX_IN_PROGRESS) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: There is a limit of "
              + MAX_IN_PROGRESS
              + " concurrent bulk operations per subscriber");
    }
  }

  private static ValidationException invalid(String problem) {
    return new ValidationException("Invalid Request: " + problem);
  }
}
