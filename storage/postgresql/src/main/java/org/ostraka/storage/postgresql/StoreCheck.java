package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;

/** Verifies what the store itself keeps. Stateless. */
final class StoreCheck {
  /** Walks from one space to the next by the index, without reading their rows. */
  private static final String SPACES =
      """
      WITH RECURSIVE found(space) AS (
        (SELECT min(space) FROM ostraka.rows)
        UNION ALL
        SELECT (SELECT min(space) FROM ostraka.rows WHERE space > found.space) FROM found
          WHERE found.space IS NOT NULL
      ), logs(space) AS (
        (SELECT min(log) FROM ostraka.records)
        UNION ALL
        SELECT (SELECT min(log) FROM ostraka.records WHERE log > logs.space) FROM logs
          WHERE logs.space IS NOT NULL
      )
      SELECT space FROM found WHERE space IS NOT NULL
      UNION SELECT space FROM logs WHERE space IS NOT NULL
      """;

  /** What must not be, and the count of what is so all the same. */
  private static final Map<String, String> COUNTS =
      Map.of(
          "rows have a stamp that the clock has not reached",
          "SELECT count(*) FROM ostraka.rows WHERE stamp > (SELECT last_value FROM ostraka.clock)",
          "records have a position that the clock has not reached",
          "SELECT count(*) FROM ostraka.records"
              + " WHERE position > (SELECT last_value FROM ostraka.clock) OR stamp > position",
          "records are there that were trimmed",
          "SELECT count(*) FROM ostraka.records JOIN ostraka.trimmed USING (log)"
              + " WHERE position <= trimmed",
          "sort parts do not have the digest that their key has",
          "SELECT count(*) FROM ostraka.rows WHERE sort_id <>"
              + " CASE octet_length(sort_tail) WHEN 0 THEN sort_tail ELSE sha256(sort_tail) END");

  private StoreCheck() {}

  static SortedSet<Space> spaces(Connection connection) throws SQLException {
    SortedSet<Space> spaces = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SPACES)) {
      while (rows.next()) {
        spaces.add(new Space(rows.getLong(1)));
      }
    }
    return spaces;
  }

  /** Counts what must not be. */
  static boolean count(Connection connection, Consumer<String> problems) throws SQLException {
    for (Map.Entry<String, String> entry : COUNTS.entrySet()) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(entry.getValue())) {
        if (row.next() && row.getLong(1) > 0) {
          problems.accept(row.getLong(1) + " " + entry.getKey());
        }
      }
    }
    return true;
  }

  /** Verifies that each row of a space is found by its key: its hash and its id are right. */
  static void findEach(Store store, Space space, Consumer<String> problems) {
    long lost = 0;
    try (Cursor rows = store.scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        lost += store.read(row.get().key(), Consistency.STRONG).isPresent() ? 0 : 1;
      }
    }
    if (lost > 0) {
      problems.accept(lost + " rows of space " + space.id() + " are not found by their keys");
    }
  }
}
