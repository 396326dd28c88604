package org.ostraka.voting.election;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Renews the terms of the leases that a region has, for elections that are open or soon will be.
 *
 * <p>A renewal is a few requests that wait for each other, and an election has thousands of shards:
 * {@link #MAX_AT_ONCE} are renewed at the same time, so that a round ends long before the terms.
 */
public final class Keeper {
  /** How many leases are renewed at the same time: fewer than there are connections to a region. */
  static final int MAX_AT_ONCE = 64;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

  private final Elections elections;
  private final Terms terms;
  private final String region;
  private final Duration term;
  private final Set<String> lost;
  private final ExecutorService threads;
  private final InstantSource clock;
  private final Consumer<Duration> pause;

  /**
   * Makes a keeper.
   *
   * @param lost regions that the election office has given up; see {@link Terms#renew}
   * @param threads run the renewals, each on a thread of its own
   */
  public Keeper(
      Elections elections,
      Terms terms,
      String region,
      Duration term,
      Set<String> lost,
      ExecutorService threads,
      InstantSource clock,
      Consumer<Duration> pause) {
    this.elections = elections;
    this.terms = terms;
    this.region = region;
    this.term = term;
    this.lost = Set.copyOf(lost);
    this.threads = threads;
    this.clock = clock;
    this.pause = pause;
  }

  /** Renews terms, three times in each, until the thread is interrupted. */
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      Instant next = clock.instant().plus(term.dividedBy(3));
      try {
        elections.ids().forEach(this::renew);
      } catch (RuntimeException away) {
        // Whatever stands in the tables, the next round has to come.
        LOG.log(System.Logger.Level.WARNING, "terms end soon: " + away.getMessage());
      }
      Duration left = Duration.between(clock.instant(), next);
      pause.accept(left.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : left);
    }
  }

  /** Renews the terms of one election; what stands in its rows stops no other one. */
  private void renew(String id) {
    try {
      elections
          .find(id)
          .filter(election -> election.state(clock.instant()) != State.CERTIFIED)
          .ifPresent(this::renewAll);
    } catch (InterruptedRenewal stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.WARNING, "the terms of " + id + " end soon", failed);
    }
  }

  /**
   * Renews the leases of all shards of an election that the region has; one that fails stops no
   * other one.
   *
   * @return how many have a new end
   */
  int renewAll(Election election) {
    Semaphore places = new Semaphore(MAX_AT_ONCE);
    List<Future<Boolean>> renewals = new ArrayList<>();
    try {
      for (int shard = 0; shard < election.sharding().shards(); shard++) {
        int which = shard;
        places.acquire();
        renewals.add(threads.submit(() -> renew(election, which, places)));
      }
      return count(election, renewals);
    } catch (InterruptedException stopped) {
      throw new InterruptedRenewal(stopped);
    }
  }

  private boolean renew(Election election, int shard, Semaphore places) {
    try {
      return terms.renew(election, shard, region, clock.instant().plus(term), lost);
    } finally {
      places.release();
    }
  }

  /** Waits for renewals, counts those that have a new end, and logs how many failed. */
  private static int count(Election election, List<Future<Boolean>> renewals)
      throws InterruptedException {
    int renewed = 0;
    int failed = 0;
    Throwable last = null;
    for (Future<Boolean> renewal : renewals) {
      try {
        renewed += renewal.get() ? 1 : 0;
      } catch (ExecutionException away) {
        failed++;
        last = away.getCause();
      }
    }
    if (last != null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "%d leases of %s were not renewed: %s".formatted(failed, election.id(), last));
    }
    return renewed;
  }

  /** Says that the thread shall end. */
  private static final class InterruptedRenewal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private InterruptedRenewal(InterruptedException stopped) {
      super(stopped);
    }
  }
}
