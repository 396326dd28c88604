package org.ostraka.voting.ballot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ostraka.voting.ballot.BallotWriter.Wanted;
import org.ostraka.voting.ballot.BallotWriter.Written;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Casts votes: each voter has one ballot in an election, whatever is retried. Any thread.
 *
 * <p>A ballot is written in the region that has the lease of its shard, by a transaction that
 * checks the lease there; votes that wait at the same time share transactions, and looks whether
 * another region has them. It is never overwritten. The outcome is {@link Outcome.Stored} only
 * after the ballot was read in as many regions as the setting wants.
 */
public final class Casting {
  private static final int MAX_LEASES = 100_000;
  private static final int MAX_ATTEMPTS = 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_CALLS = 2;

  private final VoteTable table;
  private final int copies;
  private final Duration patience;
  private final InstantSource clock;
  private final Pause pause;
  private final CopyWait copyWait = new CopyWait();
  private final Map<Map<String, AttributeValue>, Lease> leases = new ConcurrentHashMap<>();
  private final Map<String, Together<Wanted, Written>> writers = new HashMap<>();
  private final Map<
          String, Together<Map<String, AttributeValue>, Optional<Map<String, AttributeValue>>>>
      looks = new HashMap<>();

  /** Makes a caster that writes as many votes together as a transaction takes. */
  public Casting(VoteTable table, int copies, InstantSource clock, Pause pause) {
    this(table, copies, BallotWriter.MAX_TOGETHER, clock, pause);
  }

  /**
   * Makes the caster.
   *
   * @param copies in how many regions a vote is durable before its outcome is told: 1 or 2
   * @param together how many votes are written in one transaction at most, when they wait at the
   *     same time
   */
  public Casting(VoteTable table, int copies, int together, InstantSource clock, Pause pause) {
    this(table, copies, together, PATIENCE, clock, pause);
  }

  /**
   * Makes the caster.
   *
   * @param patience how long a vote waits for shared requests and for its copy, in all
   */
  Casting(
      VoteTable table,
      int copies,
      int together,
      Duration patience,
      InstantSource clock,
      Pause pause) {
    if (copies < 1 || copies > 2 || copies > table.regions().size()) {
      throw new IllegalArgumentException("copies: 1, or 2 with two regions");
    }
    this.table = table;
    this.copies = copies;
    this.patience = patience;
    this.clock = clock;
    this.pause = pause;
    int calls = together == 1 ? Integer.MAX_VALUE : MAX_CALLS;
    for (String region : table.regions()) {
      writers.put(
          region,
          new Together<>(
              calls, together, Wanted::key, new BallotWriter(table, region, clock)::write, clock));
      looks.put(
          region,
          new Together<>(calls, together, key -> key, keys -> table.readEach(region, keys), clock));
    }
  }

  /** Casts a vote, or finds the one that the voter has cast before. */
  public Outcome cast(Election election, String voter, String candidate) {
    if (!election.candidates().contains(candidate)) {
      return new Outcome.NoSuchCandidate();
    }
    try {
      return attempt(election, voter, candidate);
    } catch (SdkException failed) {
      forget(election, voter);
      return new Outcome.Unknown("the database did not answer as it should");
    }
  }

  /**
   * Returns whether the own region has a later vote of the voter of a receipt in place of its
   * ballot, which another region accepted under a later lease. Leases of secret elections are never
   * moved.
   */
  public boolean hasGivenWay(Election election, Receipt receipt) {
    return !election.isSecret()
        && table
            .read(table.regions().getFirst(), Ballot.key(election, receipt))
            .filter(row -> Ballot.isLater(row, receipt))
            .isPresent();
  }

  /** Returns how many votes wait for a request to a region: to be written, or looked for. */
  int waiting(String region) {
    return Optional.ofNullable(writers.get(region)).orElseThrow().underWayAndWaiting()
        + Optional.ofNullable(looks.get(region)).orElseThrow().underWayAndWaiting();
  }

  private Outcome attempt(Election election, String voter, String candidate) {
    Instant deadline = clock.instant().plus(patience);
    Duration wait = FIRST_PAUSE;
    String source = table.regions().getFirst();
    boolean isAlone = false;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (!clock.instant().isBefore(deadline)) {
        return new Outcome.Unknown("the vote could not be written in time");
      }
      Optional<Lease> lease = lease(election, voter, source);
      if (lease.isPresent()) {
        source = lease.get().region();
        if (!table.regions().contains(source)) {
          return new Outcome.NotHere(source);
        }
        if (attempt > 0 && !isInTerm(lease.get())) {
          return new Outcome.Unknown("the region of the voter does not accept votes now");
        }
        Attempt done = write(new Vote(election, voter, candidate, deadline), lease.get(), isAlone);
        if (done.outcome().isPresent()) {
          return done.outcome().get();
        }
        isAlone = done.isHeldUpByOthers();
      }
      pause.pause(wait);
      wait = longer(wait);
    }
    return new Outcome.Unknown("too many attempts");
  }

  /**
   * Returns the lease of a voter's shard, which may be an older one: the transaction checks it, and
   * one that was refused is read again.
   */
  private Optional<Lease> lease(Election election, String voter, String source) {
    Map<String, AttributeValue> key = Keys.lease(election.id(), election.shardOf(voter));
    Optional<Lease> known = Optional.ofNullable(leases.get(key));
    if (known.isPresent()) {
      return known;
    }
    Optional<Lease> read = table.read(source, key).map(Lease::of);
    if (leases.size() >= MAX_LEASES) {
      leases.clear();
    }
    read.filter(lease -> lease.region().equals(source)).ifPresent(lease -> leases.put(key, lease));
    return read;
  }

  private boolean isInTerm(Lease lease) {
    return lease.until().filter(end -> !clock.instant().isBefore(end)).isEmpty();
  }

  private void forget(Election election, String voter) {
    var _ = leases.remove(Keys.lease(election.id(), election.shardOf(voter)));
  }

  /**
   * What came of writing a ballot.
   *
   * @param outcome empty when another attempt is needed
   * @param isHeldUpByOthers whether the other ballots of its transaction were the reason
   */
  private record Attempt(Optional<Outcome> outcome, boolean isHeldUpByOthers) {
    static Attempt done(Outcome outcome) {
      return new Attempt(Optional.of(outcome), false);
    }
  }

  /** A vote that is cast, and by when its outcome is told. */
  private record Vote(Election election, String voter, String candidate, Instant deadline) {}

  /** Writes the ballot if there is none. */
  private Attempt write(Vote vote, Lease lease, boolean isAlone) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (lease.isSealed() || !vote.election.isOpen(now)) {
      return Attempt.done(existing(vote, lease));
    }
    Ballot ballot =
        new Ballot(vote.voter, vote.candidate, now, new Lease(lease.region(), lease.epoch()));
    Optional<Written> written = written(new Wanted(vote.election, ballot), isAlone, vote.deadline);
    return written.isEmpty()
        ? Attempt.done(new Outcome.Unknown("the database did not answer in time"))
        : attempt(vote, ballot, written.get());
  }

  private Attempt attempt(Vote vote, Ballot ballot, Written written) {
    return switch (written) {
      case Written.Done _ -> Attempt.done(durable(vote, ballot, true));
      case Written.Before it -> Attempt.done(again(vote, Ballot.of(vote.voter, it.row())));
      case Written.Fenced _ -> {
        forget(vote.election, vote.voter);
        yield new Attempt(Optional.empty(), false);
      }
      case Written.NotNow _ -> new Attempt(Optional.empty(), true);
      case Written.Late _ -> new Attempt(Optional.empty(), false);
    };
  }

  /**
   * Writes a ballot, with others unless these were in its way before; empty when nobody knows in
   * time what became of it.
   */
  private Optional<Written> written(Wanted wanted, boolean isAlone, Instant deadline) {
    String region = wanted.ballot().lease().region();
    if (isAlone) {
      return Optional.of(new BallotWriter(table, region, clock).write(List.of(wanted)).getFirst());
    }
    return Optional.ofNullable(writers.get(region)).orElseThrow().ask(wanted, deadline);
  }

  private Outcome existing(Vote vote, Lease lease) {
    return table
        .read(lease.region(), Keys.ballot(vote.election, vote.voter))
        .map(row -> again(vote, Ballot.of(vote.voter, row)))
        .orElse(new Outcome.NotOpen());
  }

  private Outcome again(Vote vote, Ballot before) {
    return before.candidate().equals(vote.candidate)
        ? durable(vote, before, false)
        : new Outcome.VotedOtherwise();
  }

  /** Waits until enough regions have the ballot. */
  private Outcome durable(Vote vote, Ballot ballot, boolean isNew) {
    Outcome stored = new Outcome.Stored(ballot.receipt(vote.election), isNew);
    if (copies == 1) {
      return stored;
    }
    Instant from = clock.instant();
    if (isNew) {
      pause.pause(copyWait.first());
    }
    while (clock.instant().isBefore(vote.deadline)) {
      Optional<Boolean> isCopied = isInAnother(vote.election, ballot, vote.deadline);
      if (isCopied.isEmpty()) {
        return new Outcome.Unknown("the second region did not answer in time");
      }
      if (isCopied.get()) {
        if (isNew) {
          copyWait.saw(Duration.between(from, clock.instant()));
        }
        return stored;
      }
      pause.pause(copyWait.next());
    }
    return new Outcome.Unknown("the vote is not in a second region yet");
  }

  /** Returns whether another region has a ballot; empty when none that answers in time has it. */
  private Optional<Boolean> isInAnother(Election election, Ballot ballot, Instant deadline) {
    Map<String, AttributeValue> key = Keys.ballot(election, ballot.voter());
    boolean isAnswered = false;
    for (String region : table.regions()) {
      if (region.equals(ballot.lease().region())) {
        continue;
      }
      Optional<Optional<Map<String, AttributeValue>>> row =
          Optional.ofNullable(looks.get(region)).orElseThrow().ask(key, deadline);
      if (row.isPresent()) {
        isAnswered = true;
        boolean isThere =
            row.get().map(it -> Ballot.of(ballot.voter(), it)).filter(ballot::equals).isPresent();
        if (isThere) {
          return Optional.of(true);
        }
      }
    }
    return isAnswered ? Optional.of(false) : Optional.empty();
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
