package org.ostraka.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server on loopback with a directory of its own, from the programs of the operating
 * system. It runs as the user nobody when the test runs as root, since PostgreSQL refuses to run as
 * root. One thread.
 *
 * <p>It does not sync its files: that survives the death of its processes, but no loss of power.
 */
public final class PostgresServer implements AutoCloseable {
  /** The user, who needs no password. */
  public static final String USER = "ostraka";

  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path directory;
  private final int port;
  private int databases;

  private PostgresServer(Path programs, Path directory, int port) {
    this.programs = programs;
    this.directory = directory;
    this.port = port;
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

  /** Starts a server with an empty database; it is stopped when it is closed or the tests end. */
  public static PostgresServer start() {
    Path programs =
        installed().orElseThrow(() -> new IllegalStateException("PostgreSQL is not installed"));
    try {
      Path directory = Files.createTempDirectory("ostraka-postgresql-");
      PostgresServer server = new PostgresServer(programs, directory, freePort());
      server.initialize();
      server.launch();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void initialize() {
    if (isRoot()) {
      execute(List.of("chown", "nobody", directory.toString()));
    }
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
            + port
            + " -h 127.0.0.1 -k "
            + directory
            + " -c fsync=off -c full_page_writes=off -c max_connections=200";
    program(
        "pg_ctl", List.of("start", "-w", "-D", files(), "-l", directory + "/log", "-o", settings));
  }

  /** Returns the name of a new, empty database. */
  public String newDatabase() {
    databases++;
    String name = "test" + databases;
    program("createdb", List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER, name));
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
    program(
        "psql",
        List.of(
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-U",
            USER,
            "-d",
            "postgres",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            statement));
  }

  /** Returns the URL of a database. */
  public String url(String database) {
    return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
  }

  @Override
  public void close() {
    if (!Files.exists(directory)) {
      return;
    }
    program("pg_ctl", List.of("stop", "-w", "-m", "immediate", "-D", files()));
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String files() {
    return directory.resolve("files").toString();
  }

  private void program(String name, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(words("setpriv --reuid nobody --regid nogroup --clear-groups"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(arguments);
    execute(command);
  }

  private void execute(List<String> command) {
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
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program runs");
    }
  }
}
