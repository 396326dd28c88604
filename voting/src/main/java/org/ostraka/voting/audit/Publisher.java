package org.ostraka.voting.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.State;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Publishes the roots of the audit logs of one region at intervals, where they have changed. One
 * thread. Several publishers may run: each number is published once. Where the count of the region
 * was taken over, whoever has taken it over publishes. Each round begins with the question to all
 * regions whether that is so: a region that comes back after a loss gets rows of the continued logs
 * before it gets the row of the takeover.
 */
public final class Publisher {
  private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

  private final Elections elections;
  private final AuditLogs logs;
  private final Takeovers takeovers;
  private final ReceiptKey key;
  private final Duration interval;
  private final InstantSource clock;
  private final Pause pause;
  private final Consumer<String> warn;
  // By election, whose publication was refused in the last round: the number of the one before.
  private final Map<String, Long> refused = new HashMap<>();

  public Publisher(
      Elections elections,
      AuditLogs logs,
      ReceiptKey key,
      Duration interval,
      InstantSource clock,
      Pause pause) {
    this(
        elections,
        logs,
        key,
        interval,
        clock,
        pause,
        warning -> LOG.log(System.Logger.Level.WARNING, warning));
  }

  /**
   * Makes a publisher.
   *
   * @param warn takes what an operator has to know
   */
  Publisher(
      Elections elections,
      AuditLogs logs,
      ReceiptKey key,
      Duration interval,
      InstantSource clock,
      Pause pause,
      Consumer<String> warn) {
    this.elections = elections;
    this.logs = logs;
    this.takeovers =
        new Takeovers(
            logs.counts(), logs.region(), "the roots of its logs are not published here any more");
    this.key = key;
    this.interval = interval;
    this.clock = clock;
    this.pause = pause;
    this.warn = warn;
  }

  /** Publishes until the thread is interrupted. */
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      takeovers.look();
      try {
        elections.ids().forEach(this::publish);
      } catch (RuntimeException away) {
        // Whatever stands in the tables, the next round has to come.
        LOG.log(System.Logger.Level.WARNING, "cannot publish: " + away.getMessage());
      }
      pause.pause(interval);
    }
  }

  /** Publishes the roots of one election; what stands in its rows stops no other one. */
  private void publish(String id) {
    try {
      elections
          .find(id)
          .filter(election -> election.state(clock.instant()) != State.CERTIFIED)
          .filter(_ -> !takeovers.contains(id))
          .ifPresent(this::publish);
    } catch (SdkException away) {
      LOG.log(System.Logger.Level.WARNING, "cannot publish " + id + ": " + away.getMessage());
    } catch (RuntimeException damaged) {
      LOG.log(System.Logger.Level.ERROR, "cannot publish " + id, damaged);
    }
  }

  /** Publishes the roots of an election if they have changed. */
  public void publish(Election election) {
    boolean _ = publish(election, logs.region());
  }

  /**
   * Publishes the roots of the logs of a region as the own one has them, if they have changed. Of a
   * log of another region, which is lost, the last records may be missing: what was published of it
   * is published again.
   *
   * @param of the region whose logs they are
   * @return false when another row has the number of the publication
   */
  public boolean publish(Election election, String of) {
    AuditLogs.Latest latest = logs.latest(election.id(), of, key.publicKey());
    Optional<Roots.Signed> last = latest.last();
    warnIfStuck(election, last);
    List<ShardRoot> now = new ArrayList<>();
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      LogHead head = logs.end(new LogId(election.id(), shard, of)).head();
      ShardRoot root = new ShardRoot(head.size(), head.frontier().root());
      Optional<ShardRoot> longer = published(last, shard).filter(it -> it.size() > root.size());
      if (longer.isPresent() && of.equals(logs.region())) {
        // What was published before stays true: the audit says what is missing.
        throw new IllegalStateException("the log of shard " + shard + " lost records");
      }
      now.add(longer.orElse(root));
    }
    boolean isNews =
        last.isEmpty()
            ? now.stream().anyMatch(root -> root.size() > 0)
            : !last.get().roots().shards().equals(now);
    if (!isNews) {
      return true;
    }
    Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Roots roots = Roots.after(last, latest.next(), election, of, time, now);
    boolean isPublished = logs.counts().add(logs.region(), roots.signed(key).row());
    if (!isPublished) {
      var _ = refused.put(election.id(), number(last));
    }
    return isPublished;
  }

  /** Returns what a publication has of a shard; empty when there is no publication. */
  private static Optional<ShardRoot> published(Optional<Roots.Signed> last, int shard) {
    return last.map(it -> it.roots().shards().get(shard));
  }

  /** Warns when a publication was refused, and not because another publisher was first. */
  private void warnIfStuck(Election election, Optional<Roots.Signed> last) {
    Long before = refused.remove(election.id());
    if (before != null && before == number(last)) {
      warn.accept(
          "a publication of %s was refused, and none with a valid signature follows number %d yet"
              .formatted(election.id(), before));
    }
  }

  private static long number(Optional<Roots.Signed> last) {
    return last.map(it -> it.roots().number()).orElse(0L);
  }
}
