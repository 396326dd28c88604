package org.ostraka.voting.count;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ostraka.voting.audit.Takeovers;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * Counts the stream of one region, together with any number of other counters. One thread looks for
 * shards; each shard that it takes is counted by a thread of its own.
 *
 * <p>A shard is counted after its parent. A counter takes shards that nobody owns, those whose
 * owner was silent for the length of a lease, and one of a counter that has at least two more than
 * itself. The clock of this process alone measures the silence.
 *
 * <p>Elections in which another region has taken the count over are passed over. Every region that
 * answers is asked for them, before anything is counted and every second from then on.
 */
public final class Counting {
  private static final System.Logger LOG = System.getLogger(Counting.class.getName());
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LOOK_FOR_TAKEOVERS = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
  private static final String ALL = "the list of shards";

  private final VoteStream stream;
  private final VoteTable counts;
  private final Paper paper;
  private final Takeovers takeovers;
  private final String own;
  private final Duration lease;
  private final Executor threads;
  private final InstantSource clock;
  private final Pause pause;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, Seen> seen = new HashMap<>();
  private final OutageLog outage;
  private volatile boolean isStopped;

  private record Seen(long beat, Instant since) {}

  /**
   * Makes a counter.
   *
   * @param counts the table of checkpoints, tallies and logs
   * @param elections finds an election by its id, for what can be a ballot
   * @param own a name that no other counter has
   * @param lease after what silence another counter takes a shard
   */
  public Counting(
      VoteStream stream,
      VoteTable counts,
      Function<String, Optional<Election>> elections,
      String own,
      Duration lease,
      Executor threads,
      InstantSource clock,
      Pause pause) {
    this(stream, counts, elections, own, lease, threads, clock, pause, LOG);
  }

  /**
   * Makes a counter.
   *
   * @param log takes what an operator has to know
   */
  Counting(
      VoteStream stream,
      VoteTable counts,
      Function<String, Optional<Election>> elections,
      String own,
      Duration lease,
      Executor threads,
      InstantSource clock,
      Pause pause,
      System.Logger log) {
    this.stream = stream;
    this.counts = counts;
    this.paper = new Paper(elections);
    this.takeovers =
        new Takeovers(
            counts, stream.region(), "its stream is not counted for this election any more");
    this.own = own;
    this.lease = lease;
    this.threads = threads;
    this.clock = clock;
    this.pause = pause;
    this.outage =
        new OutageLog(
            log,
            "votes of " + stream.region() + " are not counted as they come",
            "votes of " + stream.region() + " are counted again",
            clock);
  }

  /** Counts until it is stopped. */
  public void run() {
    takeovers.look();
    threads.execute(this::lookForTakeovers);
    while (!isStopped) {
      try {
        stream.arn().ifPresent(this::look);
        outage.succeeded(ALL);
      } catch (RuntimeException away) {
        // Whatever stands in the tables, the next look has to come.
        outage.failed(ALL, away);
      }
      pause.pause(LOOK);
    }
  }

  private void lookForTakeovers() {
    while (!isStopped) {
      pause.pause(LOOK_FOR_TAKEOVERS);
      takeovers.look();
    }
  }

  /** Ends the counting soon. */
  public void stop() {
    isStopped = true;
  }

  private void look(String arn) {
    Checkpoints checkpoints = new Checkpoints(counts, stream.region(), arn);
    List<Shard> shards = stream.shards(arn);
    Map<String, Checkpoint> known = checkpoints.all();
    Set<String> ids = shards.stream().map(Shard::shardId).collect(Collectors.toSet());
    for (Shard shard : shards) {
      if (isReady(shard, ids, known) && !running.contains(shard.shardId())) {
        Optional.ofNullable(known.get(shard.shardId()))
            .map(checkpoint -> claim(checkpoints, checkpoint))
            .orElseGet(() -> checkpoints.add(shard.shardId(), own))
            .ifPresent(checkpoint -> start(checkpoints, checkpoint));
      }
    }
    steal(checkpoints, known, ids);
    seen.keySet().retainAll(ids);
  }

  /** Returns whether a shard may be counted: all before it is. */
  private static boolean isReady(Shard shard, Set<String> readable, Map<String, Checkpoint> known) {
    Checkpoint own = known.get(shard.shardId());
    if (own != null) {
      return !own.isFinished();
    }
    String parent = shard.parentShardId();
    if (parent == null || !readable.contains(parent)) {
      return true;
    }
    Checkpoint before = known.get(parent);
    return before != null && before.isFinished();
  }

  private Optional<Checkpoint> claim(Checkpoints checkpoints, Checkpoint checkpoint) {
    Seen last = seen.get(checkpoint.shard());
    Instant now = clock.instant();
    if (last == null || last.beat() != checkpoint.beat()) {
      seen.put(checkpoint.shard(), new Seen(checkpoint.beat(), now));
      return Optional.empty();
    }
    boolean isSilent = now.isAfter(last.since().plus(lease));
    return isSilent ? checkpoints.take(checkpoint, own) : Optional.empty();
  }

  /** Takes one shard of the counter that has the most, when it has at least two more. */
  private void steal(Checkpoints checkpoints, Map<String, Checkpoint> known, Set<String> ids) {
    Map<String, Set<String>> byOwner = new HashMap<>();
    for (Checkpoint checkpoint : known.values()) {
      if (!checkpoint.isFinished() && ids.contains(checkpoint.shard())) {
        boolean _ =
            byOwner
                .computeIfAbsent(checkpoint.owner(), _ -> new HashSet<>())
                .add(checkpoint.shard());
      }
    }
    int mine = byOwner.getOrDefault(own, Set.of()).size();
    byOwner.values().stream()
        .filter(theirs -> theirs.size() >= mine + 2)
        .findFirst()
        .flatMap(theirs -> theirs.stream().findFirst())
        .map(known::get)
        .flatMap(checkpoint -> checkpoints.take(checkpoint, own))
        .ifPresent(checkpoint -> start(checkpoints, checkpoint));
  }

  private void start(Checkpoints checkpoints, Checkpoint checkpoint) {
    if (running.add(checkpoint.shard())) {
      threads.execute(() -> {
        try {
          count(checkpoints, checkpoint.shard());
        } finally {
          boolean _ = running.remove(checkpoint.shard());
        }
      });
    }
  }

  /** Counts a shard as long as it is this counter's own; begins again after a failure. */
  private void count(Checkpoints checkpoints, String shard) {
    while (!isStopped) {
      try {
        Optional<Checkpoint> checkpoint =
            checkpoints
                .find(shard)
                .filter(found -> found.owner().equals(own) && !found.isFinished());
        if (checkpoint.isEmpty()) {
          outage.succeeded(shard);
          return;
        }
        new ShardCounter(
                stream,
                checkpoints,
                checkpoint.get(),
                paper,
                takeovers::contains,
                lease.dividedBy(4),
                clock,
                pause)
            .run(() -> isStopped, () -> outage.succeeded(shard));
      } catch (RuntimeException failed) {
        outage.failed(shard, failed);
      }
      pause.pause(AFTER_FAILURE);
    }
  }
}
