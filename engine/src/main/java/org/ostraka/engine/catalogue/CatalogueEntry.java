package org.ostraka.engine.catalogue;

import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Item;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableSize;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.Space;

/** The content of one row of the catalogue. Immutable. */
sealed interface CatalogueEntry {
  /** A table's record. */
  record OfTable(TableRecord record) implements CatalogueEntry {}

  /** A table's size. */
  record OfSize(TableSize size) implements CatalogueEntry {}

  /** The position of the build of a table's index. */
  record OfBuild(IndexBuildPosition position) implements CatalogueEntry {}

  /** The history of the streams and shards of the tables of one name. */
  record OfHistory(TableArn arn, LogHistory history) implements CatalogueEntry {}

  /** A reader of the changes of the tables of one name. */
  record OfReader(LogReader reader) implements CatalogueEntry {}

  /** The last space that was given out. */
  record OfLastSpace(Space space) implements CatalogueEntry {}

  /**
   * Reads a row.
   *
   * @throws CorruptDataException when the row is not one of the catalogue's, or has a wrong key
   */
  static CatalogueEntry of(Row row) {
    if (CatalogueRows.isLastSpace(row.key())) {
      return new OfLastSpace(CatalogueRows.lastSpace(row.value()));
    }
    Item item = ItemEncoding.decode(row.value());
    if (TableRecordItem.isSize(item)) {
      return new OfSize(TableRecordItem.size(item));
    }
    if (IndexBuildItem.isOne(item)) {
      return new OfBuild(IndexBuildItem.position(item));
    }
    if (LogHistoryItem.isOne(item)) {
      return history(row, item);
    }
    if (LogReaderItem.isOne(item)) {
      return reader(row, item);
    }
    TableRecord record = TableRecordItem.record(item);
    if (!row.key().equals(CatalogueRows.tableKey(record.description().arn()))) {
      throw new CorruptDataException("a table's record is not where it belongs");
    }
    return new OfTable(record);
  }

  private static OfReader reader(Row row, Item item) {
    LogReader reader = LogReaderItem.reader(item);
    if (!row.key().equals(CatalogueRows.readerKey(reader.table(), reader.name()))) {
      throw new CorruptDataException("a reader of changes is not where it belongs");
    }
    return new OfReader(reader);
  }

  private static OfHistory history(Row row, Item item) {
    TableArn arn = LogHistoryItem.arn(item);
    if (!row.key().equals(CatalogueRows.historyKey(arn))) {
      throw new CorruptDataException("a history of logs is not where it belongs");
    }
    return new OfHistory(arn, LogHistoryItem.history(item));
  }
}
