package org.ostraka.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.testkit.port.ReservedPort;

/**
 * A PostgreSQL server on loopback with a directory of its own, from the programs of the operating
 * system. It runs as the user nobody when the test runs as root, since PostgreSQL refuses to run as
 * root. One thread.
 *
 * <p>Without {@link Durability#SYNCED} it does not sync its files: that survives the death of its
 * processes, but no loss of power.
 */
public final class PostgresServer implements AutoCloseable {
  /** The user, who needs no password. */
  public static final String USER = "ostraka";

  /** Whether files are synced at each commit. */
  public enum Durability {
    /** As in production. */
    SYNCED("fsync=on"),
    /** Faster, for tests in which the machine does not lose power. */
    NOT_SYNCED("fsync=off -c full_page_writes=off");

    private final String settings;

    Durability(String settings) {
      this.settings = settings;
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path directory;
  private final ReservedPort port = new ReservedPort();
  private final Durability durability;
  private int databases;

  private PostgresServer(Path programs, Path directory, Durability durability) {
    this.programs = programs;
    this.directory = directory;
    this.durability = durability;
  }

  /** Returns where the programs are, the newest ones, if they are installed. */
  public static Optional<Path> installed() {
    if (!Files.isDirectory(PROGRAMS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PROGRAMS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts a server that does not sync its files. */
  public static PostgresServer start() {
    return start(Durability.NOT_SYNCED);
  }

  /** Starts a server; it is stopped when it is closed or the tests end. */
  public static PostgresServer start(Durability durability) {
    PostgresServer server = withoutFiles(durability);
    server.initialize();
    server.launch();
    return server;
  }

  private static PostgresServer withoutFiles(Durability durability) {
    Path programs =
        installed().orElseThrow(() -> new IllegalStateException("PostgreSQL is not installed"));
    try {
      Path directory = Files.createTempDirectory("ostraka-postgresql-");
      PostgresServer server = new PostgresServer(programs, directory, durability);
      if (isRoot()) {
        server.execute(List.of("chown", "nobody", directory.toString()));
      }
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts a standby without which this server acknowledges no commit. */
  public PostgresServer startStandby() {
    PostgresServer standby = withoutFiles(durability);
    standby.follow(this);
    return standby;
  }

  /**
   * Copies the files of another server, in place of this one's, and starts as its synchronous
   * standby. This server must have been {@linkplain #stopAtOnce stopped}, or new.
   */
  public void follow(PostgresServer primary) {
    execute(List.of("rm", "-rf", files()));
    program(
        "pg_basebackup",
        words(
            "-h 127.0.0.1 -U "
                + USER
                + " -c fast -R --no-sync -p "
                + primary.port.number()
                + " -D "
                + files()));
    launch();
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
    primary.sql("SELECT pg_reload_conf()");
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!primary
        .query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
        .equals("1")) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the standby does not follow its primary");
      }
    }
  }

  /** Stops the server as a crash would: clients are cut off, and nothing is tidied up. */
  public void stopAtOnce() {
    program("pg_ctl", List.of("stop", "-w", "-m", "immediate", "-D", files()));
  }

  /** Starts a server again that was {@linkplain #stopAtOnce stopped}. */
  public void startAgain() {
    launch();
  }

  /** Returns the directory of all files, among them the write-ahead log. */
  public Path directory() {
    return directory;
  }

  /** Makes a standby the primary, which waits for no standby of its own. */
  public void promote() {
    program("pg_ctl", List.of("promote", "-w", "-D", files()));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void initialize() {
    List<String> options = words("-A trust -E UTF8 --no-locale --no-sync -U");
    List<String> command = new ArrayList<>(List.of("-D", files()));
    command.addAll(options);
    command.add(USER);
    program("initdb", command);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  private void launch() {
    String settings =
        "-p "
            + port.number()
            + " -h 127.0.0.1 -k "
            + directory
            + " -c max_connections=200 -c "
            + durability.settings;
    program(
        "pg_ctl", List.of("start", "-w", "-D", files(), "-l", directory + "/log", "-o", settings));
  }

  /** Returns the name of a new, empty database. */
  public String newDatabase() {
    databases++;
    String name = "test" + databases;
    program("createdb", List.of("-h", "127.0.0.1", "-p", portText(), "-U", USER, name));
    return name;
  }

  /** Returns the name of a new copy of a database that nobody is connected to. */
  public String newDatabase(String template) {
    databases++;
    String name = "test" + databases;
    sql("CREATE DATABASE " + name + " TEMPLATE " + template);
    return name;
  }

  /** Makes a user who has to show a password to this server. */
  public void requirePassword(String user, String password) {
    sql("CREATE ROLE " + user + " LOGIN PASSWORD '" + password + "'");
    Path rules = directory.resolve("files/pg_hba.conf");
    try {
      String others = Files.readString(rules);
      Files.writeString(rules, "host all " + user + " 127.0.0.1/32 scram-sha-256\n" + others);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    sql("SELECT pg_reload_conf()");
  }

  /** Runs a statement in the database that every server has. */
  public void sql(String statement) {
    query(statement);
  }

  /** Returns what a query returns in the database that every server has. */
  public String query(String query) {
    return query("postgres", query);
  }

  /** Returns what a query returns. */
  public String query(String database, String query) {
    List<String> command = new ArrayList<>(words("-h 127.0.0.1 -v ON_ERROR_STOP=1 -AtU"));
    command.addAll(List.of(USER, "-p", portText(), "-d", database, "-c", query));
    return program("psql", command).strip();
  }

  /** Returns the host and the port as they stand in a URL. */
  public String address() {
    return "127.0.0.1:" + port.number();
  }

  /** Returns the URL of a database. */
  public String url(String database) {
    return "postgresql://" + USER + "@" + address() + "/" + database;
  }

  @Override
  public void close() {
    if (!Files.exists(directory)) {
      return;
    }
    if (Files.exists(directory.resolve("files/postmaster.pid"))) {
      stopAtOnce();
    }
    port.close();
    try {
      new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private String portText() {
    return Integer.toString(port.number());
  }

  private String files() {
    return directory.resolve("files").toString();
  }

  private String program(String name, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(words("setpriv --reuid nobody --regid nogroup --clear-groups"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(arguments);
    return execute(command);
  }

  private String execute(List<String> command) {
    try {
      Path output = directory.resolve("output");
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            command + " ended with " + exit + ": " + Files.readString(output));
      }
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program runs");
    }
  }
}
