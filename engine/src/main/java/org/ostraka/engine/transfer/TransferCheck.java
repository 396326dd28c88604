package org.ostraka.engine.transfer;

import java.util.Arrays;
import java.util.function.Consumer;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.TransferArn;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;

/** Verifies the rows of exports, imports and bulk operations. Stateless. */
public final class TransferCheck {
  private static final TransferArn.Kind EXPORT = TransferArn.Kind.EXPORT;

  private static final TransferArn.Kind IMPORT = TransferArn.Kind.IMPORT;

  private static final TransferArn.Kind BULK = TransferArn.Kind.BULK;

  private TransferCheck() {}

  /** Returns whether a row belongs to exports and imports. */
  public static boolean isOfTransfers(Row row) {
    return row.key().space().equals(TransferRows.SPACE);
  }

  /** Verifies one row and reports problems. */
  public static void row(Row row, Consumer<String> problems) {
    try {
      if (row.key().partition().equals(TransferRows.jobs(IMPORT))) {
        TransferArn arn = ImportItem.job(row.value()).description().arn();
        requireKey(row, TransferRows.jobKey(arn));
      } else if (startsWith(row, IMPORT.name())) {
        requireKey(row, TransferRows.listedKey(ImportItem.listed(row.value()).arn()));
      } else if (row.key().partition().equals(TransferRows.jobs(EXPORT))) {
        TransferArn arn = ExportItem.job(row.value()).description().arn();
        requireKey(row, TransferRows.jobKey(arn));
      } else if (startsWith(row, EXPORT.name())) {
        TransferArn arn = ExportItem.listed(row.value()).description().arn();
        requireKey(row, TransferRows.listedKey(arn));
      } else if (row.key().partition().equals(TransferRows.jobs(BULK))) {
        TransferArn arn = BulkItem.job(row.value()).operation().arn();
        requireKey(row, TransferRows.jobKey(arn));
      } else if (startsWith(row, BULK.name())) {
        TransferArn arn = BulkItem.listed(row.value()).operation().arn();
        requireKey(row, TransferRows.listedKey(arn));
      } else if (startsWith(row, "reports")) {
        var _ = BulkItem.report(row.value());
      } else if (startsWith(row, "parts")) {
        var _ = ExportItem.file(row.value());
      } else if (startsWith(row, "tokens")) {
        var _ = ExportItem.decoded(row.value(), "a client token", each -> each.text("arn"));
      } else {
        problems.accept("a row of exports and imports is of no known kind");
      }
    } catch (CorruptDataException damage) {
      problems.accept("a row of exports and imports is damaged: " + damage.getMessage());
    }
  }

  private static boolean startsWith(Row row, String kind) {
    Bytes start = KeyEncoding.encode(new AttributeValue.S(kind));
    byte[] partition = row.key().partition().array();
    int length = start.sizeBytes();
    return partition.length > length
        && Arrays.equals(partition, 0, length, start.array(), 0, length);
  }

  private static void requireKey(Row row, RowKey key) {
    if (!key.equals(row.key())) {
      throw new CorruptDataException("it is stored under the key of another one");
    }
  }
}
