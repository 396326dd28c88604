package org.ostraka.storage.postgresql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Version;

/**
 * The rows that the decisions of a group rest on. A version of a row stands once, however many
 * decisions have seen it: all decisions on a table rest on its record. One thread.
 */
final class SeenRows {
  private final List<DeclaredRows.Seen> rows = new ArrayList<>();
  private final Map<SeenVersion, Integer> numbers = new HashMap<>();
  private final List<Rests> rests = new ArrayList<>();

  private record SeenVersion(RowKey row, @Nullable Version version) {}

  /** The number of a decision and that of a row that it rests on, both from 1. */
  private record Rests(int decision, int row) {}

  private SeenRows() {}

  static SeenRows of(List<Commit> commits) {
    SeenRows all = new SeenRows();
    for (int i = 0; i < commits.size(); i++) {
      for (DeclaredRows.Seen seen : commits.get(i).seen()) {
        all.rests.add(new Rests(i + 1, all.number(seen)));
      }
    }
    return all;
  }

  private int number(DeclaredRows.Seen seen) {
    return numbers.computeIfAbsent(
        new SeenVersion(seen.row(), seen.version()),
        _ -> {
          rows.add(seen);
          return rows.size();
        });
  }

  /** Sets the columns of both lists. */
  void set(Columns columns) throws SQLException {
    columns.integers(rests, Rests::decision);
    columns.integers(rests, Rests::row);
    columns.keys(rows.stream().map(DeclaredRows.Seen::key).toList());
    columns.numbers(rows, DeclaredRows.Seen::stamp);
    columns.integers(rows, DeclaredRows.Seen::origin);
  }
}
