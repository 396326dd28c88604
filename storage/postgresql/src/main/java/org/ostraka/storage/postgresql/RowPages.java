package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Direction;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;

/** Reads the rows of a range in pages, each by one statement. Immutable. */
final class RowPages {
  /** Bytes of values after which a page ends. */
  private static final int PAGE_BYTES = 1 << 20;

  private static final String OF_PARTITION = "sort_head, sort_tail";
  private static final String OF_SLICE = "hash, partition_id, sort_head, sort_tail";

  private final Range range;
  private final boolean isForward;

  RowPages(Range range) {
    this.range = range;
    this.isForward = range.direction() == Direction.FORWARD;
  }

  /** Rows, and whether there are no more after them. */
  record Page(List<Row> rows, boolean isLast) {}

  /** Returns the rows beyond a key, or from the beginning without one. */
  Page read(Connection connection, @Nullable RowKey last, int maxRows) throws SQLException {
    boolean isContinued = last != null || startsAfter();
    try (PreparedStatement statement = connection.prepareStatement(sql(isContinued))) {
      Columns columns = new Columns(statement);
      columns.number(range.space().id());
      switch (range) {
        case Range.OfPartition partition -> set(columns, partition, last);
        case Range.OfSlice slice -> set(columns, slice, last == null ? after(slice) : last);
      }
      columns.integer(maxRows);
      columns.integer(PAGE_BYTES);
      List<Row> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        boolean isFull = collect(found, rows);
        return new Page(rows, !isFull && rows.size() < maxRows);
      }
    }
  }

  private boolean startsAfter() {
    return range instanceof Range.OfSlice slice && slice.after().isPresent();
  }

  private static @Nullable RowKey after(Range.OfSlice slice) {
    return slice.after().orElse(null);
  }

  private String sql(boolean isContinued) {
    String beyond = isForward ? " > " : " < ";
    String where;
    String order;
    switch (range) {
      case Range.OfPartition partition -> {
        String from = isForward && isContinued ? " > " : " >= ";
        boolean hasEnd = partition.to().isPresent() || (!isForward && isContinued);
        where =
            "hash = ? AND partition_id = ? AND (sort_head, sort_tail)"
                + from
                + "(?, ?)"
                + (hasEnd ? " AND (sort_head, sort_tail) < (?, ?)" : "");
        order = OF_PARTITION;
      }
      case Range.OfSlice _ -> {
        where =
            "hash BETWEEN ? AND ?"
                + (isContinued ? " AND (" + OF_SLICE + ")" + beyond + "(?, ?, ?, ?)" : "");
        order = OF_SLICE;
      }
    }
    String sorted = isForward ? order : order.replace(",", " DESC,") + " DESC";
    return "SELECT partition_id, long_partition, sort_head, sort_tail, stamp, origin, value FROM ("
        + "SELECT *, sum(octet_length(value)) OVER (ORDER BY "
        + sorted
        + " ROWS UNBOUNDED PRECEDING) - octet_length(value) AS before FROM ("
        + "SELECT * FROM ostraka.rows WHERE space = ? AND "
        + where
        + " ORDER BY "
        + sorted
        + " LIMIT ?) AS page) AS measured WHERE before < ? ORDER BY "
        + sorted;
  }

  private void set(Columns columns, Range.OfPartition partition, @Nullable RowKey last)
      throws SQLException {
    columns.number(StoredKey.hash(partition.partition()));
    columns.bytes(StoredKey.partitionId(partition.partition()));
    setSort(columns, isForward && last != null ? last.sort() : partition.from());
    if (!isForward && last != null) {
      setSort(columns, last.sort());
    } else if (partition.to().isPresent()) {
      setSort(columns, partition.to().get());
    }
  }

  private static void set(Columns columns, Range.OfSlice slice, @Nullable RowKey last)
      throws SQLException {
    columns.number(StoredKey.signed(PartitionHash.first(slice.slice())));
    columns.number(StoredKey.signed(PartitionHash.last(slice.slice())));
    if (last != null) {
      columns.number(StoredKey.hash(last.partition()));
      columns.bytes(StoredKey.partitionId(last.partition()));
      setSort(columns, last.sort());
    }
  }

  private static void setSort(Columns columns, Bytes sort) throws SQLException {
    columns.bytes(StoredKey.head(sort.array()));
    columns.bytes(StoredKey.tail(sort.array()));
  }

  /** Adds the rows found; returns whether the page ends because of its bytes. */
  private boolean collect(ResultSet found, List<Row> rows) throws SQLException {
    long bytes = 0;
    while (found.next()) {
      RowKey key =
          StoredKey.decode(
              range.space().id(),
              found.getBytes(1),
              found.getBytes(2),
              found.getBytes(3),
              found.getBytes(4));
      Bytes value = Bytes.wrap(found.getBytes(7));
      bytes += value.sizeBytes();
      rows.add(new Row(key, value, RowReads.version(found, 5)));
    }
    return bytes >= PAGE_BYTES;
  }
}
