package org.ostraka.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long an index that is added to a table of many items takes, and what writes notice of it.
 *
 * <p>It starts the server itself, fills a table, lets clients write to it all the time, adds an
 * index to it meanwhile, and prints a Markdown table; at the end the index must have as many items
 * as the table. From the repository's root, after {@code mvn package}, with a Java 25:
 *
 * <pre>{@code
 * java -cp "testing/benchmarks/target/classes:testing/benchmarks/target/lib/*" org.ostraka.benchmarks.IndexBuild
 * }</pre>
 *
 * {@code --help} lists the options.
 */
public final class IndexBuild {

  /** Long enough for the server's hot code to be compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final IndexBuildOptions options;
  private final RandomGenerator random = RandomGenerator.getDefault();

  private IndexBuild(IndexBuildOptions options) {
    this.options = options;
  }

  /** Runs everything; the exit status is 2 when the command line is not understood. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    IndexBuildOptions options;
    try {
      options = IndexBuildOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(IndexBuildOptions.USAGE);
    } else {
      new IndexBuild(options).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(options.data());
    Path scratch = Files.createTempDirectory(options.data(), "index-build");
    try (ServerProcess server = ServerProcess.start(options.home(), scratch.resolve("data"))) {
      measure(server.endpoint()).print(System.out);
    } finally {
      Directories.delete(scratch);
    }
  }

  private IndexBuildReport measure(URI endpoint) throws IOException, InterruptedException {
    BallotRequests requests = new BallotRequests(endpoint);
    Ballots ballots = new Ballots(endpoint, requests);
    ballots.fill(options.items());
    System.err.printf("%d items are there%n", options.items());
    writeFor(endpoint, WARM_UP);
    Measurement before = writeFor(endpoint, options.window());
    try (BuildProgress progress = new BuildProgress(endpoint, requests)) {
      Exchange.once(endpoint, requests.addIndex());
      Measurement during = writeWhileBuilding(endpoint, progress);
      Measurement after = writeFor(endpoint, options.window());
      long ofTable = ballots.count(false);
      long ofIndex = ballots.count(true);
      if (ofTable != options.items() || ofIndex != ofTable) {
        throw new IOException(
            "the table has %d items, its index %d; filled in were %d"
                .formatted(ofTable, ofIndex, options.items()));
      }
      return new IndexBuildReport(
          options, progress.timeToActive(), progress.samples(), before, during, after);
    }
  }

  private Measurement writeWhileBuilding(URI endpoint, BuildProgress progress) throws IOException {
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Load load = load(endpoint)) {
      // Its failures are kept within: the handle has nothing to tell.
      var _ =
          timer.scheduleWithFixedDelay(progress, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      return load.runWhile(() -> !progress.isOver());
    }
  }

  private Measurement writeFor(URI endpoint, Duration duration) throws IOException {
    try (Load load = load(endpoint)) {
      return load.run(duration);
    }
  }

  private Load load(URI endpoint) throws IOException {
    byte[] vote = new BallotRequests(endpoint).putBallot();
    return new Load(endpoint, options.clients(), vote, () -> random.nextInt(options.items()));
  }
}
