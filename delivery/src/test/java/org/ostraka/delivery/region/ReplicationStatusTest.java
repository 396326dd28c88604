package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.Region;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.storage.Stamp;
import org.ostraka.testkit.clock.RunningClock;

/** What is known of replication is forgotten with the shards and replicas that it is about. */
@Timeout(120)
final class ReplicationStatusTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RunningClock clock = new RunningClock();
  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = network.region(HERE, clock);
  private final TestRegion there = network.region(THERE, clock);

  @BeforeEach
  void replicate() throws InterruptedException {
    here.createTable(TABLE);
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("the replica is active", () -> isActive(here) && isActive(there));
    here.put(TABLE, "first", "Graz", "1");
    awaitDurable();
  }

  private static boolean isActive(TestRegion region) {
    return region.has(TABLE)
        && region.describe(TABLE).global().orElseThrow().members().stream()
            .allMatch(member -> member.state() == State.ACTIVE && member.copied());
  }

  private void awaitDurable() throws InterruptedException {
    Stamp written = here.records(TABLE).getLast().stamp();
    TestRegion.await("it is durable", () -> here.durable(TABLE, THERE).compareTo(written) >= 0);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void shardsThatAreReadToTheirEndAreForgotten() throws Exception {
    Set<String> first = shards();
    assertThat(first).hasSize(1);
    clock.advance(StreamSettings.DEFAULT.shardLifetime().plus(MINUTE));
    here.replaceShards();
    here.put(TABLE, "second", "Graz", "1");
    awaitDurable();
    clock.advance(MINUTE);
    TestRegion.await(
        "only the new shard is known", () -> shards().size() == 1 && !shards().containsAll(first));
  }

  @Test
  void aReplicaThatIsRemovedIsForgotten() throws Exception {
    assertThat(here.status().of(here.table(TABLE), THERE).sent()).isOne();
    here.change(TABLE, new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE));
    TestRegion.await("a table of one region", () -> here.describe(TABLE).global().isEmpty());
    clock.advance(MINUTE);
    TestRegion.await(
        "nothing is known of the replica",
        () ->
            shards().isEmpty()
                && here.status()
                    .of(here.table(TABLE), THERE)
                    .equals(ReplicationStatus.Counts.NONE));
  }

  private Set<String> shards() {
    return here.status().shards(new Route(here.table(TABLE), THERE));
  }
}
