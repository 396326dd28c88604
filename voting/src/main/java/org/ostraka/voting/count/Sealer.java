package org.ostraka.voting.count;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.State;

/** Seals the shards of elections that have closed by time. One thread. */
public final class Sealer {
  private static final System.Logger LOG = System.getLogger(Sealer.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final String ALL = "the list of elections";

  private final Elections elections;
  private final Leases leases;
  private final InstantSource clock;
  private final Pause pause;
  private final Set<String> sealed = new HashSet<>();
  private final OutageLog outage;

  public Sealer(Elections elections, Leases leases, InstantSource clock, Pause pause) {
    this(elections, leases, clock, pause, LOG);
  }

  /**
   * Makes a sealer.
   *
   * @param log takes what an operator has to know
   */
  Sealer(Elections elections, Leases leases, InstantSource clock, Pause pause, System.Logger log) {
    this.elections = elections;
    this.leases = leases;
    this.clock = clock;
    this.pause = pause;
    this.outage =
        new OutageLog(
            log, "closed elections are not sealed", "closed elections are sealed again", clock);
  }

  /** Looks for such elections until the thread is interrupted. */
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        elections.ids().forEach(this::sealIfClosed);
        outage.succeeded(ALL);
      } catch (RuntimeException away) {
        // Whatever stands in the tables, the next round has to come.
        outage.failed(ALL, away);
      }
      pause.pause(LOOK);
    }
  }

  /** Seals one election; what stands in its rows stops no other one. */
  private void sealIfClosed(String id) {
    try {
      elections.find(id).ifPresent(this::sealIfClosed);
      outage.succeeded(id);
    } catch (RuntimeException failed) {
      outage.failed(id, failed);
    }
  }

  private void sealIfClosed(Election election) {
    boolean isQuiet = clock.instant().isAfter(election.closes().plus(Leases.GRACE));
    if (isQuiet && election.state(clock.instant()) == State.CLOSED && sealed.add(election.id())) {
      try {
        int _ = leases.seal(election);
      } catch (RuntimeException failed) {
        boolean _ = sealed.remove(election.id());
        throw failed;
      }
    }
  }
}
