package org.ostraka.benchmarks.limits;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Does with plain SQL what a server does for an operation, from as many threads as there are
 * clients, each with a connection of its own: the limit of a store in the database. It has a table
 * of its own, which is dropped when it is closed. One thread.
 */
public final class SqlLoop implements AutoCloseable {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final String TABLE = "ostraka_bench_rows";
  private static final String PUT =
      "INSERT INTO "
          + TABLE
          + " VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value";
  private static final String GET = "SELECT value FROM " + TABLE + " WHERE id = ?";

  private final URI database;
  private final byte[] value;
  private final int keys;

  /** What one turn of a loop does. */
  public enum Work {
    /** Writes a row, in a transaction of its own. */
    PUT(1, Integer.MAX_VALUE),
    /** Writes the same row again and again. */
    PUT_ONE(1, 1),
    /** Reads a row. */
    GET(1, Integer.MAX_VALUE),
    /** Writes ten rows in a transaction. */
    PUT_TEN(10, Integer.MAX_VALUE);

    private final int rows;
    private final int keys;

    Work(int rows, int keys) {
      this.rows = rows;
      this.keys = keys;
    }
  }

  /**
   * Makes the table, and fills it.
   *
   * @param database such as postgresql://user:password@host/database
   */
  public SqlLoop(String database, int rowBytes, int keys) throws IOException {
    this.database = URI.create(database);
    this.value = new byte[rowBytes];
    this.keys = keys;
    new SplittableRandom(1).nextBytes(value);
    execute("DROP TABLE IF EXISTS " + TABLE);
    execute("CREATE TABLE " + TABLE + " (id text PRIMARY KEY, value bytea NOT NULL)");
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      write(connection, IntStream.range(0, keys).boxed().toList());
      connection.commit();
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  /** Measures the work of so many clients for a time. */
  public Measurement measure(Work work, int clients, Duration duration) throws IOException {
    long start = System.nanoTime();
    Histogram all = new Histogram(SIGNIFICANT_DIGITS);
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<Histogram>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        SplittableRandom random = new SplittableRandom(client);
        running.add(threads.submit(() -> loop(work, random, start + duration.toNanos())));
      }
      for (Future<Histogram> one : running) {
        all.add(one.get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
    return new Measurement(all, Duration.ofNanos(System.nanoTime() - start));
  }

  private Histogram loop(Work work, SplittableRandom random, long end) throws SQLException {
    Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    try (Connection connection = connect()) {
      connection.setAutoCommit(work != Work.PUT_TEN);
      while (System.nanoTime() - end < 0) {
        // In ascending order, or transactions would wait for each other in a circle.
        List<Integer> ids =
            Stream.generate(() -> random.nextInt(Math.min(keys, work.keys)))
                .limit(work.rows)
                .distinct()
                .sorted()
                .toList();
        long before = System.nanoTime();
        switch (work) {
          case GET -> read(connection, ids.getFirst());
          case PUT, PUT_ONE -> write(connection, ids);
          case PUT_TEN -> {
            write(connection, ids);
            connection.commit();
          }
        }
        latencies.recordValue(System.nanoTime() - before);
      }
    }
    return latencies;
  }

  private static void read(Connection connection, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GET)) {
      statement.setString(1, key(id));
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next() || rows.getBytes(1).length == 0) {
          throw new SQLException("a row is missing");
        }
      }
    }
  }

  private void write(Connection connection, List<Integer> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      for (int id : ids) {
        statement.setString(1, key(id));
        statement.setBytes(2, value);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static String key(int id) {
    return "%012d".formatted(id);
  }

  private Connection connect() throws SQLException {
    return connect(database);
  }

  static Connection connect(URI database) throws SQLException {
    Properties properties = new Properties();
    String[] user = String.valueOf(database.getUserInfo()).split(":", 2);
    properties.setProperty("user", user[0]);
    properties.setProperty("password", user.length < 2 ? "" : user[1]);
    properties.setProperty("prepareThreshold", "1");
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + database.getHost()
            + ":"
            + (database.getPort() < 0 ? 5432 : database.getPort())
            + database.getPath(),
        properties);
  }

  private void execute(String sql) throws IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IOException("the database cannot be used: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() throws IOException {
    execute("DROP TABLE " + TABLE);
  }
}
