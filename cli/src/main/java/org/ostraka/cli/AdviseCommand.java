package org.ostraka.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ostraka.cli.advise.Description;
import org.ostraka.cli.advise.NodeRates;
import org.ostraka.cli.advise.Prices;
import org.ostraka.cli.advise.Question;
import org.ostraka.cli.advise.Report;
import org.ostraka.cli.advise.Traffic;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;

/** {@code ostraka advise}: what a workload costs, and which engine fits it. */
final class AdviseCommand {
  private static final int FAILED = 1;

  private static final Option<Optional<Path>> WORKLOAD =
      Option.optional(
          "--workload",
          Kind.path("FILE"),
          "A file of answers, one in each line: writes=500. Options come before it.");
  private static final Option<Optional<Path>> PRICES =
      Option.optional(
          "--prices",
          Kind.path("FILE"),
          "The prices to calculate with, in place of the built-in ones.");
  private static final Option<Optional<Double>> NODE_WRITES =
      Option.optional(
          "--node-writes",
          rate(),
          "What a node of Ostraka writes in a second, measured with ostraka bench.");
  private static final Option<Optional<Double>> NODE_READS =
      Option.optional(
          "--node-reads",
          rate(),
          "What a node of Ostraka reads in a second, measured with ostraka bench.");
  private static final Option<Optional<String>> ADMIN =
      Option.optional(
          "--admin-url",
          Kind.text("URL"),
          "The admin listener of a running server: its traffic since it started answers --writes,"
              + " --reads, their sizes and --consistency, in capacity units, in which transactions,"
              + " indexes and hours are. An option given here overrides it; it overrides"
              + " --workload.");
  private static final Option<Optional<String>> TABLE =
      Option.optional(
          "--table", Kind.text("TABLE"), "With --admin-url: the traffic of this table only.");
  private static final Option<Boolean> ASK =
      Option.flag("--ask", "Asks on the terminal what is not answered.");

  /** An option for each question, by which it is answered without a terminal. */
  private static final Map<Question, Option<Optional<String>>> ANSWERS = answers();

  static final Command COMMAND =
      new Command(
          "ostraka advise",
          "Calculates what a workload costs on DynamoDB, says which engine fits it, and how many"
              + " nodes of Ostraka it needs.",
          options(),
          AdviseCommand::run);

  private AdviseCommand() {}

  private static Kind<Double> rate() {
    return Kind.number("RATE", "a number above 0", rate -> rate > 0);
  }

  private static Map<Question, Option<Optional<String>>> answers() {
    Map<Question, Option<Optional<String>>> answers = new EnumMap<>(Question.class);
    for (Question question : Question.values()) {
      String usual = question.usual().isEmpty() ? "" : " Default: " + question.usual() + ".";
      answers.put(
          question,
          Option.optional("--" + question.word(), Kind.text("ANSWER"), question.text() + usual));
    }
    return answers;
  }

  private static List<Option<?>> options() {
    List<Option<?>> options = new ArrayList<>(ANSWERS.values());
    options.addAll(List.of(WORKLOAD, ADMIN, TABLE, PRICES, NODE_WRITES, NODE_READS, ASK));
    return options;
  }

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    if (given.get(TABLE).isPresent() && given.get(ADMIN).isEmpty()) {
      throw new BadArgumentsException("--table needs --admin-url");
    }
    if (given.get(ADMIN).isPresent()) {
      refuseMeasured(given);
    }
    Prices prices = given.get(PRICES).map(AdviseCommand::prices).orElseGet(Prices::current);
    Description description = new Description();
    given.get(WORKLOAD).ifPresent(file -> answers(file, description));
    if (given.get(ADMIN).isPresent()) {
      Optional<Traffic> traffic = traffic(given, given.get(ADMIN).get(), err);
      if (traffic.isEmpty()) {
        return FAILED;
      }
      traffic.get().answer(description);
      out.print(traffic.get().report(prices));
    }
    ANSWERS.forEach((question, option) ->
        given.get(option).ifPresent(text -> description.answer(question, text)));
    if (given.get(ASK)) {
      ask(description, System.console());
    }
    if (given.get(ADMIN).isPresent() && !description.hasAnswer(Question.STORAGE)) {
      out.print(
          "How much data there is was not measured: it is estimated from the writes and"
              + " --retention. Give it as --storage.\n\n");
    }
    out.print(Report.of(description.workload(), prices, Prices.ofSeeds(), node(given)));
    out.flush();
    return 0;
  }

  private static void refuseMeasured(Arguments given) {
    ANSWERS.forEach((question, option) -> {
      if (Traffic.measures(question) && given.get(option).isPresent()) {
        throw new BadArgumentsException(
            "--"
                + question.word()
                + " is in what --admin-url measures, and is not given beside it");
      }
    });
  }

  /** Returns what a running server has counted; empty when it does not answer. */
  private static Optional<Traffic> traffic(Arguments given, String url, PrintWriter err) {
    return new AdminListener(ServeCommand.endpoint("--admin-url", url))
        .read("/metrics", err)
        .map(Traffic::of)
        .map(all -> given.get(TABLE).map(all::only).orElse(all));
  }

  private static Optional<NodeRates> node(Arguments given) {
    Optional<Double> writes = given.get(NODE_WRITES);
    Optional<Double> reads = given.get(NODE_READS);
    if (writes.isPresent() != reads.isPresent()) {
      throw new BadArgumentsException("--node-writes and --node-reads are given together");
    }
    return writes.map(each -> new NodeRates(each, reads.orElseThrow()));
  }

  private static void answers(Path file, Description description) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      lines
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(description::answer);
    } catch (IOException unreadable) {
      throw new BadArgumentsException("cannot read " + file + ": " + unreadable.getMessage());
    }
  }

  private static Prices prices(Path file) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return Prices.read(reader, file.toString());
    } catch (IOException unreadable) {
      throw new BadArgumentsException("cannot read " + file + ": " + unreadable.getMessage());
    }
  }

  private static void ask(Description description, @Nullable Console console) {
    if (console == null) {
      throw new BadArgumentsException("--ask needs a terminal");
    }
    for (Question question : Question.values()) {
      if (!description.hasAnswer(question)) {
        String answer = console.readLine("%s [%s] ", question.text(), question.usual());
        if (answer != null && !answer.isBlank()) {
          description.answer(question, answer);
        }
      }
    }
  }
}
