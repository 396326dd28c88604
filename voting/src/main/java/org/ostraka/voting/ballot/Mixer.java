package org.ostraka.voting.ballot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets votes of a secret election wait for each other, so that each is written together with at
 * least as many others as the setting says. Any thread; that of one waiting voter writes for all.
 */
final class Mixer {
  /** A transaction has 100 actions: two rows and at most two checks of leases for each vote. */
  static final int MAX_TOGETHER = 24;

  private static final int MAX_WRITES = 10;
  private static final Duration WINDOW = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final int mix;
  private final Function<List<SecretVote>, Map<SecretVote, Outcome>> writer;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Waiting> queue = new ArrayList<>();
  private final Set<String> present = new HashSet<>();

  /** A vote that waits. The lock guards its fields. */
  private static final class Waiting {
    private final SecretVote vote;
    private final Instant since;
    private Instant notBefore;
    private int writes;
    private boolean isAbandoned;
    private @Nullable Outcome outcome;

    private Waiting(SecretVote vote, Instant since) {
      this.vote = vote;
      this.since = since;
      this.notBefore = since;
    }
  }

  /**
   * Makes the mixer.
   *
   * @param mix how many votes are written together at least
   * @param writer writes votes together, or none of them; returns the outcomes that are known. The
   *     others are written again after a pause, with company.
   * @param chance makes the pauses of several servers differ
   */
  Mixer(
      int mix,
      Function<List<SecretVote>, Map<SecretVote, Outcome>> writer,
      InstantSource clock,
      RandomGenerator chance) {
    if (mix < 1 || mix > MAX_TOGETHER) {
      throw new IllegalArgumentException("votes are mixed with 1 to " + MAX_TOGETHER);
    }
    this.mix = mix;
    this.writer = writer;
    this.clock = clock;
    this.chance = chance;
  }

  /** Writes a vote together with others, and returns what became of it. */
  Outcome cast(SecretVote vote) {
    Waiting waiting = new Waiting(vote, clock.instant());
    lock.lock();
    try {
      if (!enter(waiting)) {
        return new Outcome.Unknown("this vote is on its way already");
      }
      while (waiting.outcome == null) {
        if (isDue()) {
          write(take());
        } else if (isLate(waiting)) {
          boolean _ = queue.remove(waiting);
          waiting.outcome =
              new Outcome.Unknown("too few vote at this moment for a vote to stay secret");
        } else {
          long _ = changed.awaitNanos(STEP.toNanos());
        }
      }
      return waiting.outcome;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      waiting.isAbandoned = true;
      return new Outcome.Unknown("the server ends");
    } finally {
      leave(waiting);
      lock.unlock();
    }
  }

  /** Refuses a second vote of a voter, and a second ballot with a number, in the same queue. */
  private boolean enter(Waiting waiting) {
    String voter = "voter " + waiting.vote.voter();
    String number = "number " + waiting.vote.number();
    if (present.contains(voter) || present.contains(number)) {
      return false;
    }
    boolean _ = present.add(voter);
    boolean _ = present.add(number);
    queue.add(waiting);
    changed.signalAll();
    return true;
  }

  private void leave(Waiting waiting) {
    if (waiting.outcome != null || queue.remove(waiting)) {
      forget(waiting);
    }
  }

  private void forget(Waiting waiting) {
    boolean _ = present.remove("voter " + waiting.vote.voter());
    boolean _ = present.remove("number " + waiting.vote.number());
  }

  private boolean isDue() {
    List<Waiting> ready = ready();
    if (ready.size() >= MAX_TOGETHER) {
      return true;
    }
    return ready.size() >= mix && !clock.instant().isBefore(ready.getFirst().since.plus(WINDOW));
  }

  /** Returns the votes whose pause is over. */
  private List<Waiting> ready() {
    Instant now = clock.instant();
    return queue.stream().filter(waiting -> !now.isBefore(waiting.notBefore)).toList();
  }

  private boolean isLate(Waiting waiting) {
    return queue.contains(waiting) && clock.instant().isAfter(waiting.since.plus(PATIENCE));
  }

  private List<Waiting> take() {
    List<Waiting> taken = ready().stream().limit(MAX_TOGETHER).toList();
    boolean _ = queue.removeAll(taken);
    return taken;
  }

  /** Writes votes without the lock, and tells those who wait. */
  private void write(List<Waiting> together) {
    Map<SecretVote, Outcome> outcomes = Map.of();
    lock.unlock();
    try {
      outcomes = writer.apply(together.stream().map(waiting -> waiting.vote).toList());
    } catch (RuntimeException failed) {
      Outcome unknown = new Outcome.Unknown("the database did not answer as it should");
      Map<SecretVote, Outcome> all = new HashMap<>();
      together.forEach(waiting -> all.put(waiting.vote, unknown));
      outcomes = all;
    } finally {
      lock.lock();
      // Votes that go back together stay together.
      double part = (1 + chance.nextDouble()) / 2;
      for (Waiting waiting : together) {
        settle(waiting, outcomes.get(waiting.vote), part);
      }
      changed.signalAll();
    }
  }

  private void settle(Waiting waiting, @Nullable Outcome outcome, double part) {
    waiting.writes++;
    if (waiting.isAbandoned) {
      forget(waiting);
    } else if (outcome != null) {
      waiting.outcome = outcome;
    } else if (waiting.writes >= MAX_WRITES) {
      waiting.outcome = new Outcome.Unknown("too many attempts");
    } else {
      waiting.notBefore = clock.instant().plus(pause(waiting.writes, part));
      queue.add(waiting);
    }
  }

  /** Returns a pause that doubles with each write, of which a part is taken by chance. */
  private static Duration pause(int writes, double part) {
    long doubled = FIRST_PAUSE.toNanos() << (writes - 1);
    return Duration.ofNanos((long) (Math.min(doubled, LONGEST_PAUSE.toNanos()) * part));
  }
}
