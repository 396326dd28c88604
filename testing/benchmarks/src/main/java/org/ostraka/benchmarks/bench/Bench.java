package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Parameter;
import org.ostraka.options.Program;

/** {@code bin/ostraka bench}: measures servers of the API side by side. */
public final class Bench {
  private static final int FAILED = 1;
  private static final String GOALS = "goals";
  private static final String GROWTH = "growth";
  private static final String WRITES = "writes";
  private static final String CAPACITY = "capacity";
  private static final String INDEX = "index";
  private static final String EXPIRY = "expiry";
  private static final String STREAMS = "streams";
  private static final String REGIONS = "regions";
  private static final String STORE = "store";
  private static final String TRANSFER = "transfer";
  private static final List<String> PARTS =
      List.of(GOALS, GROWTH, WRITES, CAPACITY, INDEX, EXPIRY, STREAMS, REGIONS, STORE, TRANSFER);

  private static final Command COMMAND =
      new Command(
          "bin/ostraka bench",
          List.of(
              "Measures Ostraka beside other servers of the API, and beside what it stands on.",
              "It starts its own servers on data directories that it removes. Only ratios within"
                  + " one run mean anything. An answer other than success ends the run with"
                  + " status 1."),
          List.of(
              new Parameter(
                  String.join("|", PARTS),
                  false,
                  "goals measures what the project wants to reach, and prints each goal beside its"
                      + " figure: with dynalite and both limits. growth measures GetItem and"
                      + " PutItem of tables, items and connections that grow. writes measures"
                      + " durable PutItem of one client, of many, and of many on one key, and how"
                      + " long a start takes. capacity measures GetItem and PutItem with each mode"
                      + " of --capacity, and with contributor insights. index adds an index to a"
                      + " table of --keys items under --clients that write, and measures both."
                      + " expiry measures how fast --keys expired items are deleted, alone and"
                      + " beside such clients. streams measures writes to a table with a stream,"
                      + " and the reading of it. regions measures writes to a table with a replica"
                      + " in another process, the delay there, and catching up after an absence."
                      + " store measures one, two and three servers over the database of --store"
                      + " beside one on a directory and beside plain SQL that does the same work."
                      + " All use uniform keys and the first of --clients, and ignore --workloads,"
                      + " --distribution and --rate.")),
          BenchOptions.ALL,
          (given, _, err) -> new Bench(given).run(err));

  private final Optional<String> what;
  private final BenchOptions options;

  private Bench(Arguments given) {
    what = given.parameter();
    options = new BenchOptions(given);
  }

  /**
   * Runs the command and ends the process with status 0 when everything was measured, 1 when not, 2
   * for bad options.
   */
  public static void main(String[] arguments) {
    System.exit(
        run(
            arguments,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  /** Runs the command with these writers for help and errors; results go to standard output. */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return new Program("ostraka bench", COMMAND).run(arguments, out, err);
  }

  @SuppressWarnings("SystemOut")
  private int run(PrintWriter err) {
    checkOptions();
    try {
      measure(System.out, System.err);
      return 0;
    } catch (IOException failure) {
      err.println("ostraka bench: " + failure.getMessage());
      return FAILED;
    }
  }

  private void checkOptions() {
    options.check();
    if (what.isPresent() && !PARTS.contains(what.get())) {
      throw new BadArgumentsException(
          "the parts are " + String.join(", ", PARTS) + ", not '" + what.get() + "'");
    }
    if (what.equals(Optional.of(STORE)) != options.hasStore()) {
      throw new BadArgumentsException("store needs --store, and no other part takes it");
    }
    if (what.isPresent() && !options.wantsOstraka()) {
      throw new BadArgumentsException(what.get() + " is Ostraka's: not --no-ostraka");
    }
  }

  private void measure(PrintStream out, PrintStream progress) throws IOException {
    Files.createDirectories(options.data());
    Path scratch = Files.createTempDirectory(options.data(), "bench");
    try {
      Servers servers = new Servers(options, scratch);
      Output output = new Output(out, options.out());
      switch (what.orElse("")) {
        case GOALS -> new Goals(options, servers, output, progress).run();
        case GROWTH -> new Growth(options, servers, Contest.of(options, progress), output).run();
        case WRITES -> new DurableWrites(options, servers, output, progress).run();
        case CAPACITY -> new CapacityCost(options, servers, output, progress).run();
        case STREAMS -> new Streams(options, servers, output, progress).run();
        case REGIONS -> new Regions(options, servers, output, progress).run();
        case EXPIRY -> new Expiry(options, servers, output, progress).run();
        case STORE -> new SharedStores(options, servers, output, progress).run();
        case TRANSFER -> new Transfers(options, servers, output, progress).run();
        case INDEX -> new IndexAddition(options, servers, output, progress).run();
        default -> new Comparison(options, servers, output, progress).run();
      }
    } finally {
      Directories.delete(scratch);
    }
  }
}
