package org.ostraka.storage.postgresql;

import java.sql.SQLException;
import org.ostraka.storage.StorageFailedException;

/** Says in words why a database cannot be used when the store is opened. Stateless. */
final class OpeningFailures {
  private static final String INVALID_PASSWORD = "28P01";
  private static final String INVALID_AUTHORIZATION = "28000";
  private static final String NO_DATABASE = "3D000";
  private static final String NO_PRIVILEGE = "42501";
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String CONNECTION = "08";

  /** The oldest server that has what the schema uses, as {@code server_version_num}. */
  static final int OLDEST_SERVER = 140_000;

  private OpeningFailures() {}

  /** Returns the exception for an error; it shows no password. */
  static StorageFailedException of(SQLException failure, PostgresSettings settings) {
    return new StorageFailedException(text(failure, settings), failure);
  }

  private static String text(SQLException failure, PostgresSettings settings) {
    String state = String.valueOf(failure.getSQLState());
    return switch (state) {
      case INVALID_PASSWORD, INVALID_AUTHORIZATION ->
          settings + ": the server refuses the user: is the password right? (" + state + ")";
      case NO_DATABASE -> settings + ": there is no such database on the server (" + state + ")";
      case NO_PRIVILEGE ->
          settings + ": the user may not create the schema ostraka in the database (" + state + ")";
      case TOO_MANY_CONNECTIONS -> settings + ": the server has no connection left (" + state + ")";
      default ->
          state.startsWith(CONNECTION)
              ? settings + ": no PostgreSQL server that takes writes answers: " + cause(failure)
              : settings + ": the database cannot be used: " + cause(failure);
    };
  }

  private static String cause(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Refuses a server that is too old. */
  static void requireServer(int version) {
    if (version < OLDEST_SERVER) {
      throw new StorageFailedException(
          "the server is PostgreSQL "
              + version / 10_000
              + ", and the store needs "
              + OLDEST_SERVER / 10_000
              + " or later");
    }
  }
}
