package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.ostraka.testkit.postgres.PostgresServer;

/** Databases of one server for all tests of this module; each is used again when it is free. */
final class TestDatabases {
  private static final Deque<String> FREE = new ArrayDeque<>();

  /** The server, which starts when it is first needed. */
  private static final class Running {
    static final PostgresServer SERVER = PostgresServer.start();
  }

  private TestDatabases() {}

  /** Returns a database without rows. */
  static synchronized String take() {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    String free = FREE.poll();
    if (free == null) {
      return Running.SERVER.newDatabase();
    }
    execute(
        free,
        "DELETE FROM ostraka.rows; DELETE FROM ostraka.records; DELETE FROM ostraka.trimmed;"
            + " DELETE FROM ostraka.callers");
    return free;
  }

  /** Returns an empty database, without the store's tables. */
  static synchronized String takeNew() {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    return Running.SERVER.newDatabase();
  }

  /** Makes a user who has to show a password. */
  static void requirePassword(String user, String password) {
    Running.SERVER.requirePassword(user, password);
  }

  /** Runs work on several threads at the same time. */
  static void inParallel(int threads, Runnable work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(executor.submit(work));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  static synchronized void giveBack(String database) {
    FREE.add(database);
  }

  static PostgresSettings settings(String database) {
    return PostgresUrl.parse(Running.SERVER.url(database)).settings("", 20);
  }

  static void execute(String database, String sql) {
    try (Connection connection = Connections.single(settings(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}
