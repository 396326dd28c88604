package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.TwoMemories;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keeping the terms of many leases, of which some cannot be kept. */
@Timeout(60)
final class KeeperTest {
  private static final Duration TERM = Duration.ofSeconds(60);

  /** Shards of 250,000 votes a second; half of them are at home in each region. */
  private static final int SHARDS = 1_459;

  private static final int OWN = (SHARDS + 1) / 2;

  private final TwoMemories regions = new TwoMemories();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock = InstantSource.fixed(OPENS);

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void leasesAreRenewedManyAtATimeAndNeverMore() {
    Election election = regions.declare("e", SHARDS, true);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    // Reads come through only when as many have begun as may be at once: one after the other, the
    // first would wait forever.
    int group = Keeper.MAX_AT_ONCE / 2;
    CyclicBarrier together = new CyclicBarrier(group);
    AtomicInteger left = new AtomicInteger(SHARDS / group * group);
    regions.here.beforeEach(operation -> {
      if (operation.equals("GetItem")) {
        var _ = most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        if (left.getAndDecrement() > 0) {
          pass(together);
        }
        var _ = atOnce.decrementAndGet();
      }
    });
    assertThat(keeper().renewAll(election)).isEqualTo(OWN);
    assertThat(most.get()).isBetween(group, Keeper.MAX_AT_ONCE);
  }

  private static void pass(CyclicBarrier barrier) {
    try {
      var _ = barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void oneLeaseThatCannotBeRenewedStopsNoOther() {
    Election election = regions.declare("e", 40, true);
    AtomicInteger calls = new AtomicInteger();
    regions.there.beforeEach(_ -> {
      if (calls.incrementAndGet() == 3) {
        throw SdkClientException.create("lost on the way");
      }
    });
    assertThat(keeper().renewAll(election)).isEqualTo(19);
  }

  @Test
  void oneElectionThatCannotBeReadStopsNoOther() {
    Map<String, AttributeValue> broken = new HashMap<>(Keys.election("a-broken-one", 1));
    broken.put("candidates", Attributes.of("no list"));
    regions.here.write("voting", broken);
    regions.here.write("voting", Keys.listed("a-broken-one"));
    Election election = regions.declare("e", 2, true);
    run(keeper(Thread.currentThread()));
    Map<String, AttributeValue> lease = regions.here.row("voting", Keys.lease("e", 0));
    assertThat(Lease.of(lease).until()).contains(OPENS.plus(TERM));
    assertThat(election.homeOf(0)).isEqualTo(HERE);
    assertThat(regions.there.row("voting", Keys.grant("e", 0, THERE))).isNotEmpty();
  }

  /** Runs one round: the pause after it interrupts the thread. */
  private static void run(Keeper keeper) {
    keeper.run();
    assertThat(Thread.interrupted()).isTrue();
  }

  private Keeper keeper() {
    return keeper(new Thread());
  }

  private Keeper keeper(Thread toInterrupt) {
    VoteTable table = regions.table();
    return new Keeper(
        new Elections(table),
        new Terms(table, clock),
        HERE,
        TERM,
        Set.of(),
        threads,
        clock,
        _ -> toInterrupt.interrupt());
  }

  @Test
  void aCertifiedElectionIsNotKept() {
    Election election = regions.declare("e", 2, true);
    assertThat(new Elections(regions.table()).add(election.certified(), "done", Instant.EPOCH))
        .isTrue();
    run(keeper(Thread.currentThread()));
    assertThat(Lease.of(regions.here.row("voting", Keys.lease("e", 0))).until())
        .contains(Instant.EPOCH);
  }
}
