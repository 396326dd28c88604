package org.ostraka.storage.postgresql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.RowKey;

/**
 * Reads rows for many threads at once: those that wait share a statement, which reads a row once
 * for all who want it. Any thread.
 */
final class RowReader {
  /** Statements at the same time. */
  private static final int STATEMENTS = 2;

  /** Readings in a statement, and their rows: what one thread has to receive for all. */
  private static final int MAX_READINGS = 64;

  private static final int MAX_ROWS = 256;

  private final Source source;
  private final Grouping<Wanted> grouping = new Grouping<>(STATEMENTS, Group::new);

  /** Where rows are read. */
  interface Source {
    List<RowReads.@Nullable Found> read(SqlWork<List<RowReads.@Nullable Found>> work)
        throws SQLException;
  }

  /** One reading. The leader of its group writes its result. */
  private static final class Wanted {
    private final List<RowReads.Wanted> rows;
    private List<RowReads.@Nullable Found> found = List.of();
    private @Nullable SQLException failure;

    Wanted(List<RowReads.Wanted> rows) {
      this.rows = rows;
    }
  }

  RowReader(Source source) {
    this.source = source;
  }

  /**
   * Returns the rows in the order of their keys as of one moment, null for each that is absent.
   *
   * @throws SQLException when the statement was refused, or the database does not serve
   */
  List<RowReads.@Nullable Found> read(List<RowReads.Wanted> rows) throws SQLException {
    Wanted wanted = new Wanted(rows);
    grouping.run(wanted);
    SQLException failure = wanted.failure;
    if (failure == null) {
      return wanted.found;
    }
    if (SqlFailures.isRefusal(failure)) {
      throw SqlFailures.copy(failure);
    }
    // The connection was lost, perhaps because the leading thread was interrupted.
    return source.read(connection -> RowReads.read(connection, rows));
  }

  /** Readings that share a statement. One thread. */
  private final class Group implements Grouping.Group<Wanted> {
    private final List<Wanted> members = new ArrayList<>();
    private final Map<RowKey, RowReads.Wanted> rows = new LinkedHashMap<>();

    @Override
    public boolean takes(Wanted wanted) {
      boolean hasRoom =
          members.isEmpty()
              || (members.size() < MAX_READINGS && rows.size() + wanted.rows.size() <= MAX_ROWS);
      if (hasRoom) {
        members.add(wanted);
        wanted.rows.forEach(row -> rows.merge(row.row(), row, RowReads.Wanted::or));
      }
      return hasRoom;
    }

    @Override
    public void carryOut() {
      try {
        List<RowReads.@Nullable Found> found =
            source.read(connection -> RowReads.read(connection, List.copyOf(rows.values())));
        Map<RowKey, RowReads.Found> byKey = byKey(found);
        for (Wanted member : members) {
          List<RowReads.@Nullable Found> own = new ArrayList<>();
          member.rows.forEach(row -> own.add(byKey.get(row.row())));
          member.found = own;
        }
      } catch (SQLException failure) {
        members.forEach(member -> member.failure = failure);
      }
    }

    private Map<RowKey, RowReads.Found> byKey(List<RowReads.@Nullable Found> found) {
      Map<RowKey, RowReads.Found> byKey = new HashMap<>();
      int next = 0;
      for (RowKey row : rows.keySet()) {
        RowReads.Found at = found.get(next++);
        if (at != null) {
          byKey.put(row, at);
        }
      }
      return byKey;
    }
  }
}
