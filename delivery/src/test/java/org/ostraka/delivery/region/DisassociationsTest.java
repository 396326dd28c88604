package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableStatus;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;

/** Replicas that become tables of one region while others cannot be reached. */
final class DisassociationsTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");

  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = region(HERE);
  private final TestRegion there = region(THERE);

  private TestRegion region(Region name) {
    TestRegion region =
        new TestRegion(
            name.value(), Clock.systemUTC(), network.from(name.value()), new SplittableRandom(1));
    network.add(region);
    return region;
  }

  @BeforeEach
  void replicate() throws InterruptedException {
    here.createTable(TABLE);
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("the replica is active", () -> isActive(here) && isActive(there));
  }

  private static boolean isActive(TestRegion region) {
    return region.has(TABLE)
        && region.describe(TABLE).global().orElseThrow().members().stream()
            .allMatch(member -> member.state() == GlobalTable.State.ACTIVE && member.copied());
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void aReplicaWaitsForChangesThatAreOnTheirWayToIt() throws InterruptedException {
    network.cut(HERE, THERE);
    here.put(TABLE, "here", "Graz", "1");
    there.disassociate(TABLE);
    for (int i = 0; i < 3; i++) {
      String key = "there-" + i;
      there.put(TABLE, key, "Linz", "1");
      TestRegion.await("it is replicated", () -> ids(here).contains(key));
    }
    assertThat(there.describe(TABLE).status()).isEqualTo(TableStatus.UPDATING);
    network.heal();
    awaitTableOfOneRegion(there);
    assertThat(ids(there)).containsOnly("here", "there-0", "there-1", "there-2");
    awaitTableOfOneRegion(here);
    assertThat(here.items(TABLE)).isEqualTo(there.items(TABLE));
  }

  @Test
  void aReplicaWaitsForItsChangesToArrive() throws InterruptedException {
    network.cut(THERE, HERE);
    there.put(TABLE, "there", "Graz", "1");
    there.disassociate(TABLE);
    for (int i = 0; i < 3; i++) {
      String key = "here-" + i;
      here.put(TABLE, key, "Linz", "1");
      TestRegion.await("it is replicated", () -> ids(there).contains(key));
    }
    assertThat(there.describe(TABLE).status()).isEqualTo(TableStatus.UPDATING);
    network.heal();
    awaitTableOfOneRegion(there);
    assertThat(ids(here)).contains("there");
  }

  @Test
  void aRegionThatIsGoneDoesNotHoldItForEver() throws InterruptedException {
    network.cut(HERE, THERE);
    network.cut(THERE, HERE);
    there.put(TABLE, "there", "Graz", "1");
    there.disassociate(TABLE);
    assertThat(there.describe(TABLE).status()).isEqualTo(TableStatus.UPDATING);
    there.change(TABLE, new ReplicaUpdate(null, null, HERE.value(), ReplicaSettings.NONE));
    awaitTableOfOneRegion(there);
    assertThat(ids(there)).containsOnly("there");
  }

  private static Set<String> ids(TestRegion region) {
    return region.items(TABLE).keySet().stream()
        .map(key -> ItemEncoding.decode(key).attribute("id").orElseThrow())
        .map(id -> ((AttributeValue.S) id).value())
        .collect(Collectors.toSet());
  }

  private static void awaitTableOfOneRegion(TestRegion region) throws InterruptedException {
    TestRegion.await("a table of one region", () -> region.describe(TABLE).global().isEmpty());
    assertThat(region.describe(TABLE).status()).isEqualTo(TableStatus.ACTIVE);
  }
}
