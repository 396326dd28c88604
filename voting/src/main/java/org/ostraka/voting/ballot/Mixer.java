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
 * Votes that could not be written go into the next transaction together.
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
  private final List<Group> queue = new ArrayList<>();
  private final Set<String> present = new HashSet<>();

  /** A vote that waits. The lock guards its fields. */
  private static final class Waiting {
    private final SecretVote vote;
    private boolean isAbandoned;
    private @Nullable Outcome outcome;

    private Waiting(SecretVote vote) {
      this.vote = vote;
    }
  }

  /**
   * Votes that are written in one transaction or in none: a new vote, or those that go back to the
   * queue from one transaction. If they met different votes in the next one, requests would show
   * which voter and which ballot are in both. The lock guards the votes.
   */
  private record Group(List<Waiting> votes, Instant since, Instant notBefore, int writes) {}

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
    Waiting waiting = new Waiting(vote);
    lock.lock();
    try {
      if (!enter(waiting)) {
        return new Outcome.Unknown("this vote is on its way already");
      }
      while (waiting.outcome == null) {
        List<Group> due = due();
        if (!due.isEmpty()) {
          write(due);
        } else if (!dismissLate()) {
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

  /** Returns how many votes have no outcome yet. */
  int underWayAndWaiting() {
    lock.lock();
    try {
      return present.size() / 2;
    } finally {
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
    Instant now = clock.instant();
    queue.add(new Group(new ArrayList<>(List.of(waiting)), now, now, 0));
    changed.signalAll();
    return true;
  }

  private void leave(Waiting waiting) {
    boolean wasQueued = false;
    for (Group group : queue) {
      wasQueued |= group.votes.remove(waiting);
    }
    boolean _ = queue.removeIf(group -> group.votes.isEmpty());
    if (wasQueued || waiting.outcome != null) {
      forget(waiting);
    }
  }

  private void forget(Waiting waiting) {
    boolean _ = present.remove("voter " + waiting.vote.voter());
    boolean _ = present.remove("number " + waiting.vote.number());
  }

  /** Removes the groups from the queue that are to be written now; none when none are due. */
  private List<Group> due() {
    Instant now = clock.instant();
    List<Group> ready = queue.stream().filter(group -> !now.isBefore(group.notBefore)).toList();
    for (int from = 0; from < ready.size(); from++) {
      List<Group> together = together(ready.subList(from, ready.size()));
      int votes = votes(together);
      boolean isWaitOver = !now.isBefore(together.getFirst().since.plus(WINDOW));
      if (votes == MAX_TOGETHER || (votes >= mix && isWaitOver)) {
        boolean _ = queue.removeAll(together);
        return together;
      }
    }
    return List.of();
  }

  /** Returns the first group, and each of the others for which there is room beside it. */
  private static List<Group> together(List<Group> ready) {
    List<Group> together = new ArrayList<>();
    int room = MAX_TOGETHER;
    for (Group group : ready) {
      if (group.votes.size() <= room) {
        together.add(group);
        room -= group.votes.size();
      }
      if (room == 0) {
        break;
      }
    }
    return together;
  }

  private static int votes(List<Group> groups) {
    return groups.stream().mapToInt(group -> group.votes.size()).sum();
  }

  /** Answers the groups that have waited too long for company; returns whether there were any. */
  private boolean dismissLate() {
    Instant now = clock.instant();
    List<Group> late =
        queue.stream().filter(group -> now.isAfter(group.since.plus(PATIENCE))).toList();
    Outcome unknown = new Outcome.Unknown("too few vote at this moment for a vote to stay secret");
    late.forEach(group -> group.votes.forEach(waiting -> waiting.outcome = unknown));
    boolean _ = queue.removeAll(late);
    if (!late.isEmpty()) {
      changed.signalAll();
    }
    return !late.isEmpty();
  }

  /** Writes votes without the lock, and tells those who wait. */
  private void write(List<Group> groups) {
    List<Waiting> together = groups.stream().flatMap(group -> group.votes.stream()).toList();
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
      settle(groups, outcomes);
      changed.signalAll();
    }
  }

  /** Takes the outcomes over; votes without one go back to the queue as one group. */
  private void settle(List<Group> groups, Map<SecretVote, Outcome> outcomes) {
    int writes = 1 + groups.stream().mapToInt(Group::writes).max().orElseThrow();
    List<Waiting> rest = new ArrayList<>();
    for (Waiting waiting : groups.stream().flatMap(group -> group.votes.stream()).toList()) {
      Outcome outcome = outcomes.get(waiting.vote);
      if (waiting.isAbandoned) {
        forget(waiting);
      } else if (outcome != null) {
        waiting.outcome = outcome;
      } else if (writes >= MAX_WRITES) {
        waiting.outcome = new Outcome.Unknown("too many attempts");
      } else {
        rest.add(waiting);
      }
    }
    if (!rest.isEmpty()) {
      Instant since = groups.stream().map(Group::since).max(Instant::compareTo).orElseThrow();
      Instant notBefore = clock.instant().plus(pause(writes, (1 + chance.nextDouble()) / 2));
      queue.add(new Group(rest, since, notBefore, writes));
    }
  }

  /** Returns a pause that doubles with each write, of which a part is taken by chance. */
  private static Duration pause(int writes, double part) {
    long doubled = FIRST_PAUSE.toNanos() << (writes - 1);
    return Duration.ofNanos((long) (Math.min(doubled, LONGEST_PAUSE.toNanos()) * part));
  }
}
