package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/**
 * Reads rows by their keys, all as of one moment. OFFSET 0 makes the planner look up each wanted
 * row by its key: a plan that it made while the table was empty would read the table whole.
 * Stateless.
 */
final class RowReads {
  private static final String SQL =
      """
      SELECT wanted.number, CASE WHEN wanted.whole THEN present.value END,
          present.stamp, present.origin
        FROM unnest(?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[], ?::bytea[], ?::boolean[])
          WITH ORDINALITY AS wanted(space, hash, partition_id, sort_head, sort_id, whole, number)
        CROSS JOIN LATERAL (
          SELECT stored.value, stored.stamp, stored.origin FROM ostraka.rows AS stored
            WHERE stored.space = wanted.space AND stored.hash = wanted.hash
              AND stored.partition_id = wanted.partition_id
              AND stored.sort_head = wanted.sort_head AND stored.sort_id = wanted.sort_id
            OFFSET 0) AS present
      """;

  private RowReads() {}

  /**
   * A row that was found, with an empty value if only its version was wanted; null stands for one
   * that is absent.
   */
  record Found(Bytes value, Version version) {
    Row at(RowKey key) {
      return new Row(key, value, version);
    }
  }

  /**
   * A row to be read.
   *
   * @param isWhole whether its value is wanted, and not its version only
   */
  record Wanted(RowKey row, StoredKey key, boolean isWhole) {
    /** Returns what two readers want of the same row. */
    Wanted or(Wanted other) {
      return isWhole ? this : other;
    }
  }

  /** Returns the rows in the order of their keys, null for each that is absent. */
  static List<@Nullable Found> read(Connection connection, List<Wanted> wanted)
      throws SQLException {
    List<@Nullable Found> found = new ArrayList<>();
    wanted.forEach(_ -> found.add(null));
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Columns columns = new Columns(statement);
      columns.keys(wanted.stream().map(Wanted::key).toList());
      columns.flags(wanted, Wanted::isWhole);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          byte[] value = rows.getBytes(2);
          found.set(
              rows.getInt(1) - 1,
              new Found(value == null ? Bytes.EMPTY : Bytes.wrap(value), version(rows, 3)));
        }
      }
    }
    return found;
  }

  /** Returns the version in two columns. */
  static Version version(ResultSet rows, int column) throws SQLException {
    return new Version(new Stamp(rows.getLong(column)), new Origin(rows.getInt(column + 1)));
  }
}
