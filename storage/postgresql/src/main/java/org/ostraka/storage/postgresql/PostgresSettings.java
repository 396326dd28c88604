package org.ostraka.storage.postgresql;

import java.util.Map;

/**
 * How to reach the database. Immutable.
 *
 * @param hosts hosts with or without ports, separated by commas, as in a URL
 * @param database the database's name
 * @param password empty for a user who needs none
 * @param parameters of the driver, by its own names
 * @param connections to the database at the same time, at most
 */
public record PostgresSettings(
    String hosts,
    String database,
    String user,
    String password,
    Map<String, String> parameters,
    int connections) {
  /** Enough for the cores of a large database server. */
  public static final int DEFAULT_CONNECTIONS = 32;

  public PostgresSettings {
    parameters = Map.copyOf(parameters);
  }

  /** Returns the URL for the driver, without user, password and parameters. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + hosts + "/" + PostgresUrl.encoded(database);
  }

  /** Returns the settings without the password. */
  @Override
  public String toString() {
    return "postgresql://" + PostgresUrl.encoded(user) + "@" + hosts + "/" + database;
  }
}
