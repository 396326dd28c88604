package org.ostraka.storage.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.ostraka.storage.StorageFailedException;

/**
 * The tables and functions in the database, by version. Each version is a file with what changes
 * from the one before; it is carried out once, in a transaction, by the first server that needs it.
 * Stateless.
 */
final class Schema {
  /** The version that this program works with. */
  static final int VERSION = 3;

  private static final String CREATE =
      "CREATE SCHEMA IF NOT EXISTS ostraka; CREATE TABLE IF NOT EXISTS ostraka.schema_version"
          + " (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())";
  private static final String FIND = "SELECT to_regclass('ostraka.schema_version') IS NOT NULL";
  private static final String READ = "SELECT coalesce(max(version), 0) FROM ostraka.schema_version";
  private static final String SERVER = "SELECT current_setting('server_version_num')::int";
  private static final String NOTE = "INSERT INTO ostraka.schema_version (version) VALUES (?)";

  /** An odd number, which is no row's; 1 is the clock's. */
  private static final String LOCK = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(3)";

  private Schema() {}

  /**
   * Brings the database to this program's version.
   *
   * @throws StorageFailedException when the database has a newer one, or the server is too old
   */
  static void prepare(Connection connection) throws SQLException {
    requireServer(connection);
    if (version(connection) == VERSION) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
      statement.execute(CREATE);
      for (int next = version(connection) + 1; next <= VERSION; next++) {
        statement.execute(migration(next));
        note(connection, next);
      }
    }
    connection.commit();
  }

  /**
   * Requires that the database has this program's version.
   *
   * @throws StorageFailedException when it has another one, or none
   */
  static void require(Connection connection) throws SQLException {
    requireServer(connection);
    int version = version(connection);
    if (version != VERSION) {
      throw new StorageFailedException(
          version == 0
              ? "the database has no data of Ostraka"
              : "the database has schema version " + version + ": start a server on it first");
    }
  }

  private static void requireServer(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      OpeningFailures.requireServer(number(statement, SERVER));
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = bool(statement, FIND) ? number(statement, READ) : 0;
      if (version > VERSION) {
        throw new StorageFailedException(
            "the database has schema version "
                + version
                + ", and this program knows versions up to "
                + VERSION
                + ": start a newer program on it");
      }
      return version;
    }
  }

  private static boolean bool(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static void note(Connection connection, int version) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
      statement.setInt(1, version);
      statement.executeUpdate();
    }
  }

  private static String migration(int version) {
    String name = "migration-" + version + ".sql";
    try (InputStream file = Schema.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the program has no file " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
