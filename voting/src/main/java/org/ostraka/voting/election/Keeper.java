package org.ostraka.voting.election;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Renews the terms of the leases that a region has, for elections that are open or soon will be.
 */
public final class Keeper {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

  private final Elections elections;
  private final Terms terms;
  private final String region;
  private final Duration term;
  private final Set<String> lost;
  private final InstantSource clock;
  private final Consumer<Duration> pause;

  /**
   * Makes a keeper.
   *
   * @param lost regions that the election office has given up; see {@link Terms#renew}
   */
  public Keeper(
      Elections elections,
      Terms terms,
      String region,
      Duration term,
      Set<String> lost,
      InstantSource clock,
      Consumer<Duration> pause) {
    this.elections = elections;
    this.terms = terms;
    this.region = region;
    this.term = term;
    this.lost = Set.copyOf(lost);
    this.clock = clock;
    this.pause = pause;
  }

  /** Renews terms, three times in each, until the thread is interrupted. */
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        elections.ids().forEach(this::renew);
      } catch (RuntimeException away) {
        // Whatever stands in the tables, the next round has to come.
        LOG.log(System.Logger.Level.WARNING, "terms end soon: " + away.getMessage());
      }
      pause.accept(term.dividedBy(3));
    }
  }

  /** Renews the terms of one election; what stands in its rows stops no other one. */
  private void renew(String id) {
    try {
      elections.find(id).ifPresent(this::renew);
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.WARNING, "the terms of " + id + " end soon", failed);
    }
  }

  private void renew(Election election) {
    State state = election.state(clock.instant());
    if (state == State.CERTIFIED) {
      return;
    }
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      boolean _ = terms.renew(election, shard, region, clock.instant().plus(term), lost);
    }
  }
}
