package org.ostraka.voting;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keeper;
import org.ostraka.voting.election.Terms;
import org.ostraka.voting.election.VoteTable;

/** {@code voting keep} renews leases; {@code voting move} moves those of a region that is lost. */
final class LeaseCommands {
  private static final Option<Integer> TERM =
      Option.withDefault(
          "--term", Kind.whole("SECONDS", 1, 3_600), "30", "How long a lease lasts unrenewed.");
  private static final Option<List<String>> WITHOUT =
      Option.repeatable(
          "--without",
          Kind.text("REGION"),
          "A region that the election office has given up: nobody moves a lease to it any more.");
  private static final Option<String> FROM =
      Option.required("--from", Kind.text("REGION"), "The region that is lost.");
  private static final Option<Integer> MARGIN =
      Option.withDefault(
          "--margin",
          Kind.whole("SECONDS", 1, 3_600),
          "60",
          "What clocks may differ, and a write that was sent may take.");

  static final Command KEEP =
      new Command(
          "voting keep",
          "Renews the leases of the own region, with the grants of the others.",
          List.of(Connections.REGIONS, Connections.TABLE, TERM, WITHOUT),
          LeaseCommands::keep);
  static final Command MOVE =
      new Command(
          "voting move",
          "Moves the leases of a lost region to the own one, when their terms are over for"
              + " certain.",
          List.of(Connections.REGIONS, Connections.TABLE, Connections.ELECTION, FROM, MARGIN),
          LeaseCommands::move);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofHours(2);

  private LeaseCommands() {}

  private static int keep(Arguments given, PrintWriter out, PrintWriter err) {
    VoteTable table = Connections.table(given);
    InstantSource clock = InstantSource.system();
    String own = table.regions().getFirst();
    out.println("Keeping the leases of " + own);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      new Keeper(
              new Elections(table),
              new Terms(table, clock),
              own,
              Duration.ofSeconds(given.get(TERM)),
              Set.copyOf(given.get(WITHOUT)),
              threads,
              clock,
              Connections::pause)
          .run();
    }
    return 0;
  }

  private static int move(Arguments given, PrintWriter out, PrintWriter err) {
    return AuditCommand.attempt(
        err,
        () -> {
          VoteTable table = Connections.table(given);
          String own = table.regions().getFirst();
          Election election =
              new Elections(table)
                  .find(given.get(Connections.ELECTION))
                  .orElseThrow(() -> new IllegalArgumentException("no such election"));
          Terms terms = new Terms(table, InstantSource.system());
          Map<Terms.Move, Integer> moves = new EnumMap<>(Terms.Move.class);
          for (int shard = 0; shard < election.sharding().shards(); shard++) {
            Terms.Move last = move(terms, election, shard, given, own);
            var _ = moves.merge(last, 1, Integer::sum);
          }
          out.println("Leases: " + moves);
          return moves.containsKey(Terms.Move.NO_TERM) || moves.containsKey(Terms.Move.NOT_YET)
              ? 1
              : 0;
        });
  }

  /** Moves one lease, and waits for the end of its term. */
  private static Terms.Move move(
      Terms terms, Election election, int shard, Arguments given, String own) {
    Instant deadline = InstantSource.system().instant().plus(PATIENCE);
    Duration margin = Duration.ofSeconds(given.get(MARGIN));
    Terms.Move last = terms.move(election, shard, given.get(FROM), own, margin);
    while (last == Terms.Move.NOT_YET && InstantSource.system().instant().isBefore(deadline)) {
      Connections.pause(PAUSE);
      last = terms.move(election, shard, given.get(FROM), own, margin);
    }
    return last;
  }
}
