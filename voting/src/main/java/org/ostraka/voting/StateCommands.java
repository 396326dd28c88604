package org.ostraka.voting;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.State;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;

/**
 * {@code voting open}, {@code voting close} and {@code voting correct}: each adds a version of an
 * election.
 */
final class StateCommands {
  private static final Option<Optional<String>> OPENS =
      Option.optional("--opens", Kind.text("TIME"), "Another time of opening, before it opens.");
  private static final Option<Optional<String>> CLOSES =
      Option.optional("--closes", Kind.text("TIME"), "Another time of closing, before it closes.");
  private static final Option<String> REASON =
      Option.required("--reason", Kind.text("TEXT"), "Why; it stays with the version.");
  private static final Option<Integer> GRACE =
      Option.withDefault(
          "--grace",
          Kind.whole("SECONDS", 0, 3_600),
          Long.toString(Leases.GRACE.toSeconds()),
          "How long votes that began before the close may still be written.");

  static final Command OPEN =
      new Command(
          "voting open",
          "Opens an announced election now.",
          List.of(
              Connections.REGIONS, Connections.TABLE, Connections.ELECTION, Connections.WITHOUT),
          StateCommands::open);
  static final Command CLOSE =
      new Command(
          "voting close",
          "Closes an election in two seconds, waits for votes that began before, and seals its"
              + " shards.",
          List.of(
              Connections.REGIONS,
              Connections.TABLE,
              Connections.ELECTION,
              Connections.WITHOUT,
              GRACE),
          StateCommands::close);
  static final Command CORRECT =
      new Command(
          "voting correct",
          "Corrects the times of an election in a new version.",
          List.of(
              Connections.REGIONS,
              Connections.TABLE,
              Connections.ELECTION,
              Connections.WITHOUT,
              OPENS,
              CLOSES,
              REASON),
          StateCommands::correct);

  private StateCommands() {}

  private static int open(Arguments given, PrintWriter out, PrintWriter err) {
    return AuditCommand.attempt(
        err,
        () -> {
          Election election = changes(given).open(given.get(Connections.ELECTION));
          out.println("Open: " + election.id() + ", version " + election.version());
          return 0;
        });
  }

  private static int close(Arguments given, PrintWriter out, PrintWriter err) {
    InstantSource clock = InstantSource.system();
    return AuditCommand.attempt(
        err,
        () -> {
          VoteTable table = Connections.table(given);
          Set<String> without = without(given);
          Election election = AuditCommand.find(table, given, without);
          Instant now = clock.instant();
          if (election.state(now) == State.OPEN) {
            election = changes(given).close(election.id());
          }
          if (election.state(clock.instant()) == State.ANNOUNCED) {
            throw new IllegalArgumentException("the election has not opened yet");
          }
          Instant quiet = election.closes().plusSeconds(given.get(GRACE));
          Duration left = Duration.between(clock.instant(), quiet);
          if (left.isPositive()) {
            out.println(
                "Closed; votes that began before may take " + left.toSeconds() + " s more.");
            Connections.pause(left);
          }
          int sealed = new Leases(table, without).seal(election);
          out.println("Sealed " + sealed + " of " + election.sharding().shards() + " shards now.");
          return 0;
        });
  }

  private static int correct(Arguments given, PrintWriter out, PrintWriter err) {
    Optional<Instant> opens = given.get(OPENS).map(StateCommands::time);
    Optional<Instant> closes = given.get(CLOSES).map(StateCommands::time);
    if (opens.isPresent() == closes.isPresent()) {
      throw new BadArgumentsException("name --opens or --closes");
    }
    Instant now = InstantSource.system().instant();
    if (opens.or(() -> closes).filter(now::isBefore).isEmpty()) {
      throw new BadArgumentsException("the time must be in the future");
    }
    return AuditCommand.attempt(
        err,
        () -> {
          State before =
              AuditCommand.find(Connections.table(given), given, without(given)).state(now);
          if (before != State.ANNOUNCED && (opens.isPresent() || before != State.OPEN)) {
            throw new IllegalArgumentException("too late: the election is " + before);
          }
          Election election =
              changes(given)
                  .change(
                      given.get(Connections.ELECTION),
                      before,
                      it ->
                          opens.map(it::opening).orElseGet(() -> it.closing(closes.orElseThrow())),
                      given.get(REASON));
          out.println("Corrected: " + election.id() + ", version " + election.version());
          return 0;
        });
  }

  private static StateChanges changes(Arguments given) {
    return new StateChanges(
        new Elections(Connections.table(given), without(given)), InstantSource.system());
  }

  private static Set<String> without(Arguments given) {
    return Set.copyOf(given.get(Connections.WITHOUT));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new BadArgumentsException("no time: " + text);
    }
  }
}
