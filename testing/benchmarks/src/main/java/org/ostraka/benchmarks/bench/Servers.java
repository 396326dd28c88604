package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.ostraka.benchmarks.limits.BareServer;
import org.ostraka.benchmarks.load.Caller;

/** Starts the servers that are measured, each on a directory of its own. One thread. */
final class Servers {
  static final String OSTRAKA = "ostraka";

  /** The time after a start until idle memory is measured. */
  private static final Duration REST = Duration.ofSeconds(3);

  private final BenchOptions options;
  private final Path scratch;
  private int started;

  /** Starts a process. */
  @FunctionalInterface
  private interface Start {
    ServerProcess process() throws IOException;
  }

  Servers(BenchOptions options, Path scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /**
   * Starts Ostraka through its launcher, on an empty directory.
   *
   * @param more options for it, besides those of the command line
   */
  Target ostraka(String... more) throws IOException {
    Path data = directory(OSTRAKA);
    List<String> all = new ArrayList<>(options.serveOptions());
    all.addAll(List.of(more));
    return started(
        OSTRAKA, () -> ServerProcess.start(options.home(), data, all.toArray(String[]::new)));
  }

  /** Starts Ostraka through its launcher, over a database that others may use too. */
  Target onStore(String name, String database) throws IOException {
    return started(
        name, () -> ServerProcess.startOn(options.home(), database, options.serveOptions()));
  }

  /** Returns the seconds from the start of Ostraka's process to its first answer: the median. */
  double medianStart(int starts, PrintStream progress) throws IOException {
    return medianStart(
        () ->
            ServerProcess.start(
                options.home(),
                directory(OSTRAKA + "-start"),
                options.serveOptions().toArray(String[]::new)),
        starts,
        progress);
  }

  /** Returns the same of starts on a database that is there. */
  double medianStartOn(String database, int starts, PrintStream progress) throws IOException {
    return medianStart(
        () -> ServerProcess.startOn(options.home(), database, options.serveOptions()),
        starts,
        progress);
  }

  private static double medianStart(Start start, int starts, PrintStream progress)
      throws IOException {
    double[] seconds = new double[starts];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = timeOf(start).toNanos() / 1e9;
      progress.printf("start %d of %d%n", i + 1, seconds.length);
    }
    return Medians.of(Arrays.stream(seconds));
  }

  private static Duration timeOf(Start start) throws IOException {
    long begin = System.nanoTime();
    try (ServerProcess process = start.process()) {
      awaitAnswer(process);
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  /** Starts dynalite on an empty directory. */
  Target dynalite() throws IOException {
    Dynalite dynalite =
        new Dynalite(options.home().resolve("testing/benchmarks/target/peers/dynalite"));
    dynalite.install();
    Path data = directory(Dynalite.NAME);
    return started(Dynalite.NAME, () -> ServerProcess.start(dynalite.command(data)));
  }

  /**
   * Starts a bare HTTP server with the JVM options of another server.
   *
   * @param arguments of {@link BareServer}
   */
  Target bare(String name, Target like, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    like.process().ifPresent(server -> command.addAll(javaOptions(server)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BareServer.class.getName());
    command.addAll(arguments);
    return started(name, () -> ServerProcess.start(command));
  }

  Path directory(String name) {
    started++;
    return scratch.resolve(name + started);
  }

  private static Target started(String name, Start start) throws IOException {
    long begin = System.nanoTime();
    ServerProcess process = start.process();
    try {
      awaitAnswer(process);
      Duration startUp = Duration.ofNanos(System.nanoTime() - begin);
      process.rest(REST);
      OptionalLong idle = ProcessFacts.of(process.handle().pid()).residentBytes();
      return Target.started(name, process, startUp, idle);
    } catch (IOException failure) {
      process.close();
      throw failure;
    }
  }

  private static void awaitAnswer(ServerProcess process) throws IOException {
    try (Caller caller = new Caller(process.endpoint())) {
      caller.call("ListTables", "{}");
    }
  }

  /**
   * Returns the options before the class path, without the AOT cache, which holds the server's
   * classes.
   */
  private static List<String> javaOptions(ServerProcess server) {
    return Arrays.stream(server.handle().info().arguments().orElse(new String[0]))
        .takeWhile(argument -> !argument.equals("-cp"))
        .filter(argument -> !argument.startsWith("-XX:AOTCache="))
        .toList();
  }
}
