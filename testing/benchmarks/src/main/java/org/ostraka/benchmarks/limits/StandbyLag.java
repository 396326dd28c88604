package org.ostraka.benchmarks.limits;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Measures how long a commit on the primary stays invisible on a streaming standby. It changes one
 * row of a table of its own, which is dropped when it is closed, and reads it from the standby
 * until the change shows. One thread.
 */
public final class StandbyLag implements AutoCloseable {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final String TABLE = "ostraka_bench_lag";
  private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(30).toNanos();

  private final Connection primary;
  private final Connection standby;

  /**
   * Makes the table and waits until the standby has it.
   *
   * @param database such as postgresql://user:password@host/database
   * @param replica the same for the standby
   */
  public StandbyLag(String database, String replica) throws IOException {
    try {
      primary = SqlLoop.connect(URI.create(database));
      standby = SqlLoop.connect(URI.create(replica));
      try (Statement statement = primary.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS " + TABLE);
        statement.execute("CREATE TABLE " + TABLE + " AS SELECT 0::bigint AS changes");
      }
      await("SELECT count(*) FROM pg_class WHERE relname = '" + TABLE + "'", 1);
    } catch (SQLException failure) {
      throw new IOException(
          "the database or its standby cannot be used: " + failure.getMessage(), failure);
    }
  }

  /** Changes the row again and again for a time. */
  public Measurement measure(Duration duration) throws IOException {
    Histogram delays = new Histogram(SIGNIFICANT_DIGITS);
    long start = System.nanoTime();
    String read = "SELECT changes FROM " + TABLE;
    try (PreparedStatement change =
        primary.prepareStatement("UPDATE " + TABLE + " SET changes = changes + 1 RETURNING *")) {
      while (System.nanoTime() - start < duration.toNanos()) {
        long expected;
        try (ResultSet rows = change.executeQuery()) {
          rows.next();
          expected = rows.getLong(1);
        }
        long committed = System.nanoTime();
        await(read, expected);
        delays.recordValue(System.nanoTime() - committed);
      }
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
    return new Measurement(delays, Duration.ofNanos(System.nanoTime() - start));
  }

  private void await(String query, long expected) throws SQLException {
    long start = System.nanoTime();
    try (PreparedStatement statement = standby.prepareStatement(query)) {
      while (number(statement) < expected) {
        if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
          throw new SQLException("the standby does not follow the primary");
        }
        Thread.onSpinWait();
      }
    }
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    try (primary;
        standby;
        Statement statement = primary.createStatement()) {
      statement.execute("DROP TABLE " + TABLE);
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }
}
