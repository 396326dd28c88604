package org.ostraka.transfer;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.item.ConditionCheck;
import org.ostraka.engine.item.ItemWrites.Outcome;
import org.ostraka.engine.transfer.BulkJob;
import org.ostraka.engine.transfer.BulkReport;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.transfer.wire.ReportLines;

/** Records of an object that one decision settles, one after another. One thread. */
final class BulkPart {
  /**
   * The bytes of a report after which a part takes no further record: each line may have two items.
   */
  private static final int MAX_REPORT_BYTES = 4 << 20;

  private final BulkJob before;
  private final String key;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream unmet = new ByteArrayOutputStream();
  private long records;
  private long failedCount;
  private long unmetCount;
  private long writtenBytes;
  private double units;

  /** A record that was read. */
  sealed interface Read {
    /** An item that may be put. */
    record Ready(Item item, ConditionCheck check) implements Read {}

    /** A record that breaks a rule. */
    record Broken(List<String> problems) implements Read {
      public Broken {
        problems = List.copyOf(problems);
      }
    }
  }

  BulkPart(BulkJob before, String key) {
    this.before = before;
    this.key = key;
  }

  private BulkOperation operation() {
    return before.operation();
  }

  private ReportLines.Place place() {
    return new ReportLines.Place(operation().input().bucket(), key, before.records() + records);
  }

  /** Returns whether the part takes no further record. */
  boolean isFull() {
    return errors.size() + unmet.size() >= MAX_REPORT_BYTES;
  }

  /** Adds the next record, which breaks a rule. */
  void broken(List<String> problems) {
    if (operation().output().reports().contains(BulkOperation.Report.ERROR)) {
      errors.writeBytes(ReportLines.error(operation(), place(), problems).array());
    }
    failedCount++;
    records++;
  }

  /** Adds the next record, which came to this. */
  void add(Item item, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done(var change) -> {
        writtenBytes += change.after().sizeBytes();
        units += total(change.cost());
        records++;
      }
      case Outcome.Refused(ConditionalCheckFailedException failure, double cost) -> {
        units += cost;
        unmet(item, failure.item());
      }
      case Outcome.Refused(var reason, double cost) -> {
        units += cost;
        broken(List.of(reason.text()));
      }
    }
  }

  private void unmet(Item item, Optional<Item> existing) {
    if (operation().output().reports().contains(BulkOperation.Report.CONDITION_CHECK_FAILURE)) {
      unmet.writeBytes(ReportLines.unmet(operation(), place(), item, existing).array());
    }
    unmetCount++;
    records++;
  }

  BulkReport report() {
    return new BulkReport(
        operation().counts().items(),
        Bytes.wrap(errors.toByteArray()),
        Bytes.wrap(unmet.toByteArray()));
  }

  /**
   * Returns the job after the part.
   *
   * @param readBytes the bytes of the object that were read so far
   */
  BulkJob after(long readBytes) {
    BulkOperation.Counts counts = operation().counts();
    return before.within(
        before.records() + records,
        new BulkOperation.Counts(
            counts.items() + records,
            counts.failed() + failedCount,
            counts.unmet() + unmetCount,
            counts.writtenBytes() + writtenBytes,
            before.readBytes() + readBytes,
            counts.totalBytes()));
  }

  /** Returns the write units that it cost. */
  double units() {
    return units;
  }

  private static double total(Cost cost) {
    return cost.table()
        + cost.localIndexes().values().stream().mapToDouble(Double::doubleValue).sum()
        + cost.globalIndexes().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
