package org.ostraka.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.storage.postgresql.PostgresSettings;
import org.ostraka.storage.postgresql.PostgresUrl;
import org.ostraka.storage.postgresql.StandbySettings;

/**
 * The options for a store in a database, and the environment variables. No message shows a
 * password, and none is taken from the command line, which every user of the machine can read.
 * Stateless.
 */
final class StoreOptions {
  static final String URL_VARIABLE = "OSTRAKA_STORE";
  static final String READER_VARIABLE = "OSTRAKA_STORE_READER";
  static final String PASSWORD_VARIABLE = "OSTRAKA_STORE_PASSWORD";

  private static final int MAX_CONNECTIONS = 10_000;
  private static final long MAX_LEASE_SECONDS = 600;
  private static final long MAX_LAG_SECONDS = 3_600;

  static final Option<Optional<String>> STORE =
      Option.optional(
          "--store",
          Kind.text("URL"),
          "The PostgreSQL database with the data, which several servers may share, such as"
              + " postgresql://ostraka@db1:5432,db2:5432/ostraka?sslmode=verify-full. It may be in"
              + " the environment variable "
              + URL_VARIABLE
              + " instead, with a password.");

  private static final Option<Optional<Path>> PASSWORD_FILE =
      Option.optional(
          "--store-password-file",
          Kind.path("FILE"),
          "A file whose first line is the password for --store (default: the environment variable "
              + PASSWORD_VARIABLE
              + ").");

  private static final Option<Optional<Integer>> CONNECTIONS =
      Option.optional(
          "--store-connections",
          Kind.whole("NUMBER", 1, MAX_CONNECTIONS),
          "The most connections of this server to the database of --store at the same time"
              + " (default: "
              + PostgresSettings.DEFAULT_CONNECTIONS
              + ").");

  private static final Option<Optional<Long>> LEASE =
      Option.optional(
          "--server-lease",
          Kind.whole("SECONDS", 2, MAX_LEASE_SECONDS, "seconds"),
          "How long a server of --store may be silent before the others go on without it; the same"
              + " for all servers (default: "
              + StoreLocation.InPostgres.DEFAULT_LEASE.toSeconds()
              + ").");

  private static final Option<Optional<String>> READER =
      Option.optional(
          "--store-reader",
          Kind.text("URL"),
          "Standbys of the database of --store, which answer eventually consistent reads while"
              + " their lag is within --store-reader-lag; several hosts take turns. It may be in"
              + " the environment variable "
              + READER_VARIABLE
              + " instead, with a password; otherwise the password is that of --store.");

  private static final Option<Optional<Long>> READER_LAG =
      Option.optional(
          "--store-reader-lag",
          Kind.whole("SECONDS", 1, MAX_LAG_SECONDS, "seconds"),
          "How old the state of a standby of --store-reader may be; reads go to the primary while"
              + " it is older (default: "
              + StandbySettings.DEFAULT_MAX_LAG.toSeconds()
              + ").");

  /** The options of a command that opens the store for a moment. */
  static final List<Option<?>> FOR_READING = List.of(STORE, PASSWORD_FILE);

  /** The options of a server. */
  static final List<Option<?>> FOR_SERVING =
      List.of(STORE, PASSWORD_FILE, CONNECTIONS, LEASE, READER, READER_LAG);

  private StoreOptions() {}

  /** Returns the database of a server, if there is one. */
  static Optional<StoreLocation.InPostgres> location(
      Arguments given, Map<String, String> environment) {
    Optional<PostgresUrl> url = url(given, environment);
    Optional<Integer> connections = given.get(CONNECTIONS);
    Optional<Duration> lease = given.get(LEASE).map(Duration::ofSeconds);
    requireStore(CONNECTIONS.name(), connections.isPresent(), url);
    requireStore(LEASE.name(), lease.isPresent(), url);
    requireStore(READER.name(), given.get(READER).isPresent(), url);
    requireStore(READER_LAG.name(), given.get(READER_LAG).isPresent(), url);
    return url.map(database -> {
      PostgresSettings primary =
          database.settings(
              password(given, environment, database),
              connections.orElse(PostgresSettings.DEFAULT_CONNECTIONS));
      return new StoreLocation.InPostgres(
          primary,
          standbys(given, environment, primary),
          lease.orElse(StoreLocation.InPostgres.DEFAULT_LEASE));
    });
  }

  /** Returns the standbys of a server's database, if it has any. */
  private static Optional<StandbySettings> standbys(
      Arguments given, Map<String, String> environment, PostgresSettings primary) {
    Optional<PostgresUrl> option = given.get(READER).map(text -> parse(READER.name(), text));
    requireNoPassword(option, READER.name(), READER_VARIABLE);
    Optional<PostgresUrl> url = option.or(() -> fromVariable(environment, READER_VARIABLE));
    Optional<Duration> lag = given.get(READER_LAG).map(Duration::ofSeconds);
    if (lag.isPresent() && url.isEmpty()) {
      throw new BadArgumentsException(READER_LAG.name() + " needs " + READER.name());
    }
    return url.map(standby ->
        new StandbySettings(
            standby.settings(standby.password().orElse(primary.password()), primary.connections()),
            lag.orElse(StandbySettings.DEFAULT_MAX_LAG)));
  }

  /** Returns the database of another command, if it is asked for. */
  static Optional<PostgresSettings> settings(Arguments given, Map<String, String> environment) {
    return url(given, environment)
        .map(url ->
            url.settings(password(given, environment, url), PostgresSettings.DEFAULT_CONNECTIONS));
  }

  /** Returns the line that says where the data is. */
  static String announced(StoreLocation store, boolean isEncrypted) {
    String data = isEncrypted ? "Encrypted data in " : "Data in ";
    // The usual case comes without a class that the switch makes (decision 9).
    if (store instanceof StoreLocation.InDirectory(Path path)) {
      return data + path.toAbsolutePath().normalize();
    }
    return switch (store) {
      case StoreLocation.InMemory _ -> data + "memory, until this process ends";
      case StoreLocation.InDirectory(Path path) -> data + path.toAbsolutePath().normalize();
      case StoreLocation.InPostgres database ->
          data
              + database.settings()
              + database
                  .standbys()
                  .map(standbys ->
                      ", read eventually consistently from "
                          + standbys.settings()
                          + " while at most "
                          + standbys.maxLag().toSeconds()
                          + " s behind")
                  .orElse("");
    };
  }

  private static Optional<PostgresUrl> url(Arguments given, Map<String, String> environment) {
    Optional<PostgresUrl> option = given.get(STORE).map(text -> parse("--store", text));
    requireNoPassword(option, STORE.name(), URL_VARIABLE);
    Optional<PostgresUrl> url = option.or(() -> fromVariable(environment, URL_VARIABLE));
    requireStore(PASSWORD_FILE.name(), given.get(PASSWORD_FILE).isPresent(), url);
    return url;
  }

  private static void requireNoPassword(
      Optional<PostgresUrl> option, String name, String variable) {
    if (option.flatMap(PostgresUrl::password).isPresent()) {
      throw new BadArgumentsException(
          name
              + " has a password, which other users of this machine could read: put it into "
              + PASSWORD_VARIABLE
              + ", into a file for --store-password-file, or the whole URL into "
              + variable);
    }
  }

  private static Optional<PostgresUrl> fromVariable(
      Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).map(text -> parse(variable, text));
  }

  /** Refuses an option that says something about a database when there is none. */
  private static void requireStore(String option, boolean isGiven, Optional<PostgresUrl> url) {
    if (isGiven && url.isEmpty()) {
      throw new BadArgumentsException(option + " needs --store");
    }
  }

  private static PostgresUrl parse(String name, String text) {
    try {
      return PostgresUrl.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new BadArgumentsException(
          name + " is not the URL of a PostgreSQL database: " + wrong.getMessage());
    }
  }

  private static String password(
      Arguments given, Map<String, String> environment, PostgresUrl url) {
    Optional<Path> file = given.get(PASSWORD_FILE);
    if (file.isPresent()) {
      return firstLine(file.get());
    }
    return Optional.ofNullable(environment.get(PASSWORD_VARIABLE)).or(url::password).orElse("");
  }

  private static String firstLine(Path file) {
    try {
      return Files.readAllLines(file).stream().findFirst().orElse("");
    } catch (IOException unreadable) {
      throw new BadArgumentsException("--store-password-file cannot be read: " + file);
    }
  }
}
