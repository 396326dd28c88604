package org.ostraka.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How fast a server acknowledges votes that it has made durable: by one client, by many, by many on
 * one key; and how soon it answers after a start.
 *
 * <p>It starts the server itself, runs the kinds of load in turn, several rounds of them, and
 * prints a Markdown table of medians. Only the ratios within one run mean anything. From the
 * repository's root, after {@code mvn package}, with a Java 25:
 *
 * <pre>{@code
 * java -cp "testing/benchmarks/target/classes:$HOME/.m2/repository/org/hdrhistogram/HdrHistogram/2.2.2/*" \
 *     org.ostraka.benchmarks.DurableWrites
 * }</pre>
 *
 * {@code --help} lists the options.
 */
public final class DurableWrites {

  /** Long enough for the server's hot code to be compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  private final Options options;
  private final RandomGenerator random = RandomGenerator.getDefault();

  private DurableWrites(Options options) {
    this.options = options;
  }

  /** Runs everything; the exit status is 2 when the command line is not understood. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(Options.USAGE);
    } else {
      new DurableWrites(options).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(options.data());
    Path scratch = Files.createTempDirectory(options.data(), "durable-writes");
    try {
      List<Round> rounds = measureWrites(scratch);
      List<Duration> starts = measureStarts(scratch);
      new Report(options, rounds, starts).print(System.out);
    } finally {
      Directories.delete(scratch);
    }
  }

  private List<Round> measureWrites(Path scratch) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(options.home(), scratch.resolve("data"))) {
      VoteRequests requests = new VoteRequests(server.endpoint());
      Exchange.once(server.endpoint(), requests.createTable());
      measure(server.endpoint(), options.clients(), Keys.UNIFORM, WARM_UP);
      measure(server.endpoint(), 1, Keys.UNIFORM, WARM_UP.dividedBy(2));
      List<Round> rounds = new ArrayList<>();
      for (int i = 1; i <= options.rounds(); i++) {
        rounds.add(measureRound(server.endpoint(), scratch));
        System.err.printf("round %d of %d%n", i, options.rounds());
      }
      return rounds;
    }
  }

  private Round measureRound(URI endpoint, Path scratch) throws IOException {
    return new Round(
        SyncLoop.measure(scratch.resolve("sync-loop"), options.duration().dividedBy(3)),
        measure(endpoint, 1, Keys.UNIFORM, options.duration()),
        measure(endpoint, options.clients(), Keys.UNIFORM, options.duration()),
        measure(endpoint, options.clients(), Keys.HOT, options.duration()));
  }

  private Measurement measure(URI endpoint, int clients, Keys keys, Duration duration)
      throws IOException {
    byte[] vote = new VoteRequests(endpoint).putVote();
    try (Load load = new Load(endpoint, clients, vote, () -> keys.next(random))) {
      return load.run(duration);
    }
  }

  /** From the start of the process to its first answer, on an empty directory each time. */
  private List<Duration> measureStarts(Path scratch) throws IOException, InterruptedException {
    List<Duration> starts = new ArrayList<>();
    for (int i = 1; i <= options.starts(); i++) {
      long start = System.nanoTime();
      try (ServerProcess server =
          ServerProcess.start(options.home(), scratch.resolve("start" + i))) {
        Exchange.once(server.endpoint(), new VoteRequests(server.endpoint()).listTables());
        starts.add(Duration.ofNanos(System.nanoTime() - start));
      }
      System.err.printf("start %d of %d%n", i, options.starts());
    }
    return starts;
  }
}
