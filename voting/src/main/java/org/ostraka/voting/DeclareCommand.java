package org.ostraka.voting;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Eligibility;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code voting declare}: makes the table where it is missing, and declares an election. */
final class DeclareCommand {
  private static final Option<List<String>> CANDIDATES =
      Option.repeatable("--candidate", Kind.text("NAME"), "A candidate.");
  private static final Option<String> OPENS =
      Option.required("--opens", Kind.text("TIME"), "When it opens, as 2026-11-29T08:00:00Z.");
  private static final Option<String> CLOSES =
      Option.required("--closes", Kind.text("TIME"), "When it closes.");
  private static final Option<Integer> PEAK =
      Option.withDefault(
          "--peak",
          Kind.whole("VOTES", 1, 10_000_000),
          "1000",
          "Votes a second at the peak; the number of shards follows from it.");

  private static final Option<Boolean> TERMS =
      Option.flag(
          "--terms",
          "Gives leases terms: voting keep has to run, and voting move can move a lost region's.");

  private static final Option<Boolean> SECRET =
      Option.flag(
          "--secret",
          "Stores who has voted and what was voted apart; docs/voting.md says what that protects"
              + " from.");

  private static final Option<List<String>> VOTERS =
      ClaimOptions.option(
          "--voters",
          "A claim that a voter's token needs, such as custom:district=north: one of the values of"
              + " each claim that is named. Without it every voter with a token may vote.");

  static final Command COMMAND =
      new Command(
          "voting declare",
          "Declares an election; makes the table and its replicas where they are missing.",
          List.of(
              Connections.REGIONS,
              Connections.TABLE,
              Connections.ELECTION,
              CANDIDATES,
              OPENS,
              CLOSES,
              PEAK,
              TERMS,
              SECRET,
              VOTERS),
          DeclareCommand::run);

  private static final int FAILED = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private DeclareCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    VoteTable table = Connections.table(given);
    if (given.get(SECRET) && given.get(TERMS)) {
      throw new BadArgumentsException("--secret and --terms exclude each other");
    }
    Election election = election(given, table);
    try {
      if (!isReady(table) || !isReady(table.counts())) {
        err.println("voting: the tables are not ready in all regions");
        return FAILED;
      }
      boolean isNew =
          new Elections(table)
              .declare(election, InstantSource.system().instant(), given.get(TERMS));
      out.println((isNew ? "Declared " : "Is there already: ") + election.id());
      return isNew ? 0 : FAILED;
    } catch (SdkException | IllegalArgumentException refused) {
      err.println("voting: " + refused.getMessage());
      return FAILED;
    }
  }

  /** Makes a table in all regions and waits for it; returns whether it is there. */
  static boolean isReady(VoteTable table) {
    InstantSource clock = InstantSource.system();
    Instant deadline = clock.instant().plus(PATIENCE);
    table.create();
    while (table.addReplica() || !table.isReady()) {
      if (clock.instant().isAfter(deadline)) {
        return false;
      }
      Connections.pause(PAUSE);
    }
    return true;
  }

  private static Election election(Arguments given, VoteTable table) {
    try {
      Eligibility voters = new Eligibility(ClaimOptions.of(VOTERS, given));
      Election open =
          new Election(
                  given.get(Connections.ELECTION),
                  given.get(CANDIDATES),
                  Instant.parse(given.get(OPENS)),
                  Instant.parse(given.get(CLOSES)),
                  Sharding.forPeak(given.get(PEAK), given.get(SECRET)),
                  table.regions())
              .withVoters(voters);
      Election election = given.get(SECRET) ? open.secret() : open;
      Elections.requireFits(election);
      return election;
    } catch (IllegalArgumentException | DateTimeParseException wrong) {
      throw new BadArgumentsException(String.valueOf(wrong.getMessage()));
    }
  }
}
