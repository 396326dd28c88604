package org.ostraka.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.ostraka.cli.copy.CopyException;
import org.ostraka.cli.copy.CopyPlan;
import org.ostraka.cli.copy.CopyRun;
import org.ostraka.cli.copy.EndpointException;
import org.ostraka.cli.copy.Progress;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;

/** {@code ostraka copy}: copies a table from one DynamoDB endpoint to another. */
final class CopyCommand {
  private static final int FAILED = 1;
  private static final int SEGMENTS_MAX = 1000;
  private static final int RATE_MAX = 1_000_000;

  private static final Option<Optional<String>> TARGET_TABLE =
      Option.optional(
          "--target-table",
          Kind.text("NAME"),
          "What the table is called at the target (default: as at the source).");

  private static final Option<Boolean> NO_TAIL =
      Option.flag(
          "--no-tail",
          "Copies once, without the changes that are made meanwhile; the source's stream is not"
              + " needed.");

  private static final Option<Boolean> FOLLOW =
      Option.flag("--follow", "Goes on with bringing changes to the target until it is stopped.");

  private static final Option<Boolean> VERIFY_ONLY =
      Option.flag("--verify-only", "Copies nothing and only compares.");

  private static final Option<Boolean> REPAIR =
      Option.flag(
          "--repair",
          "Copies items that differ again, and deletes those that the source does not have.");

  private static final Option<Boolean> OVERWRITE =
      Option.flag("--overwrite", "Allows a target's table that has items already.");

  private static final Option<Boolean> WITH_STREAM =
      Option.flag("--with-stream", "Gives a table that is made a stream as the source has it.");

  private static final Option<Integer> SEGMENTS =
      Option.withDefault(
          "--segments",
          Kind.whole("NUMBER", 1, SEGMENTS_MAX),
          "8",
          "How many parts of the table are read at once.");

  private static final Option<Optional<Integer>> RATE =
      Option.optional(
          "--rate",
          Kind.whole("ITEMS", 1, RATE_MAX),
          "The most items that are written in a second (default: no limit).");

  private static final Option<Optional<Path>> STATE =
      Option.optional(
          "--state",
          Kind.path("FILE"),
          "How far the copy has come (default: a file in the working directory, named after table,"
              + " source and target).");

  private static final Option<Optional<String>> STREAMS_URL =
      Option.optional(
          "--source-streams-url",
          Kind.text("URL"),
          "Where the source has its streams (default: SOURCE-URL, or on AWS the region's).");

  static final Command COMMAND =
      new Command(
          "ostraka copy",
          List.of(
              "Copies a table from any DynamoDB endpoint to any other while it is used: makes it at"
                  + " the target, copies its items, then the changes since the beginning, and"
                  + " compares both sides. What is stopped goes on when it is started again."
                  + " Exits with 1 when the sides differ.",
              "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_REGION name the"
                  + " credentials and the region; the same names with TARGET_ before them those of"
                  + " the target, if they are others. Hosts of AWS name the region themselves."),
          List.of(
              new Parameter("SOURCE-URL", true, "The endpoint to copy from."),
              new Parameter("TARGET-URL", true, "The endpoint to copy to."),
              new Parameter("TABLE", true, "The table's name.")),
          List.of(
              TARGET_TABLE,
              NO_TAIL,
              FOLLOW,
              VERIFY_ONLY,
              REPAIR,
              OVERWRITE,
              WITH_STREAM,
              SEGMENTS,
              RATE,
              STATE,
              STREAMS_URL),
          CopyCommand::run);

  private CopyCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    CopyPlan plan = plan(given);
    URI source = url("SOURCE-URL", plan.source());
    URI target = url("TARGET-URL", plan.target());
    Optional<URI> streams = given.get(STREAMS_URL).map(text -> url(STREAMS_URL.name(), text));
    Map<String, String> environment = System.getenv();
    InstantSource clock = InstantSource.system();
    try (CopyEndpoint left = CopyEndpoint.of(source, streams, environment, clock);
        CopyEndpoint right =
            CopyEndpoint.of(target, Optional.empty(), CopyEndpoint.ofTarget(environment), clock)) {
      return run(plan, left, right, out, err, clock);
    } catch (CopyException | EndpointException failed) {
      err.println("ostraka: " + failed.getMessage());
      return FAILED;
    }
  }

  private static int run(
      CopyPlan plan,
      CopyEndpoint left,
      CopyEndpoint right,
      PrintWriter out,
      PrintWriter err,
      InstantSource clock) {
    boolean isWatched =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    Progress.Screen screen =
        line -> {
          if (isWatched) {
            err.printf("\r%-70s", line);
            err.flush();
          }
        };
    CopyRun.Machine machine =
        new CopyRun.Machine(
            clock,
            Thread::sleep,
            Thread.ofVirtual().name("copy-", 0).factory(),
            RandomGenerator.getDefault());
    Progress progress = new Progress(screen, clock);
    CopyRun copy =
        new CopyRun(
            plan,
            left,
            right,
            machine,
            progress,
            line -> {
              screen.show("");
              out.println(isWatched ? "\r" + line : line);
            });
    return copy.run() ? 0 : FAILED;
  }

  private static CopyPlan plan(Arguments given) {
    String source = given.parameters().get(0);
    String target = given.parameters().get(1);
    String table = given.parameters().get(2);
    String targetTable = given.get(TARGET_TABLE).orElse(table);
    if (source.equals(target) && table.equals(targetTable)) {
      throw new BadArgumentsException("a table cannot be copied to itself");
    }
    if (given.get(NO_TAIL) && given.get(FOLLOW)) {
      throw new BadArgumentsException("--no-tail and --follow exclude each other");
    }
    if (given.get(VERIFY_ONLY) && (given.get(FOLLOW) || given.get(NO_TAIL))) {
      throw new BadArgumentsException(
          "--verify-only copies nothing: leave --follow, --no-tail out");
    }
    return new CopyPlan(
        source,
        target,
        table,
        targetTable,
        !given.get(NO_TAIL),
        given.get(FOLLOW),
        given.get(VERIFY_ONLY),
        given.get(REPAIR),
        given.get(OVERWRITE),
        given.get(WITH_STREAM),
        given.get(SEGMENTS),
        given.get(RATE),
        given
            .get(STATE)
            .orElseGet(() -> state(CopyPlan.name(source, table, target, targetTable), table)));
  }

  /** Returns a file name that another copy of a table of this name does not have. */
  private static Path state(String name, String table) {
    UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return Path.of("copy-" + table + "-" + hash.toString().substring(0, 8) + ".json");
  }

  private static URI url(String name, String text) {
    return ServeCommand.endpoint(name, text);
  }
}
