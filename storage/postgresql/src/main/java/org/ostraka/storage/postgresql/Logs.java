package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.Bytes;
import org.ostraka.storage.DecisionId;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Stamp;

/** Reads and trims logs. Stateless. */
final class Logs {
  private static final String READ = "SELECT * FROM ostraka.read_log(?, ?, ?, ?)";
  private static final String OLDEST = "SELECT trimmed FROM ostraka.trimmed WHERE log = ?";
  private static final String NEWEST = "SELECT ostraka.newest(?)";
  private static final String TRIM = "SELECT ostraka.trim_log(?, ?)";

  private Logs() {}

  static LogPage read(
      Connection connection, LogId log, Position after, int maxRecords, long maxBytes)
      throws SQLException {
    List<LogRecord> records = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      Columns columns = new Columns(statement);
      columns.number(log.space().id());
      columns.number(after.value());
      columns.integer(maxRecords);
      columns.number(maxBytes);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          records.add(record(rows));
        }
      }
    }
    // Asked after the records were read: a trimming in between is noticed, too.
    Position oldest = oldest(connection, log);
    if (after.compareTo(oldest) < 0) {
      throw new LogTrimmedException(log, after, oldest);
    }
    return new LogPage(records, records.isEmpty() ? after : records.getLast().position());
  }

  private static LogRecord record(ResultSet rows) throws SQLException {
    long stamp = rows.getLong("stamp");
    return new LogRecord(
        new Position(rows.getLong("position")),
        new DecisionId(stamp),
        new Stamp(stamp),
        RowReads.version(rows, rows.findColumn("version_stamp")),
        rows.getBoolean("replicated"),
        Bytes.wrap(rows.getBytes("value")));
  }

  static Position oldest(Connection connection, LogId log) throws SQLException {
    return new Position(number(connection, OLDEST, log.space().id()));
  }

  static Position newest(Connection connection, LogId log) throws SQLException {
    return new Position(number(connection, NEWEST, log.space().id()));
  }

  static boolean trim(Connection connection, LogId log, Position upTo) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TRIM)) {
      statement.setLong(1, log.space().id());
      statement.setLong(2, upTo.value());
      statement.executeQuery().close();
      return true;
    }
  }

  private static long number(Connection connection, String sql, long parameter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, parameter);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
