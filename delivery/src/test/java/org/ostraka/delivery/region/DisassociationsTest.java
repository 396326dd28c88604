package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.region.Disassociation;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.testkit.clock.RunningClock;

/** Replicas that become tables of one region while others cannot be reached. */
final class DisassociationsTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");

  /** Stamps of one region say nothing about what was written in the other one before. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final ReplicaUpdate DELETION =
      new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE);

  private final TestNetwork network = new TestNetwork();
  private final RunningClock clock = new RunningClock();
  private final TestRegion here = network.region(HERE, Clock.offset(Clock.systemUTC(), AHEAD));
  private final TestRegion there = network.region(THERE, clock);

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
    assertThat(there.describe(TABLE).status()).isEqualTo(TableStatus.UPDATING);
    // The minute of the removal begins after the last change of the member, which the other made.
    clock.advance(AHEAD.multipliedBy(5));
    awaitTableOfOneRegion(there);
    assertThat(ids(there)).containsOnly("there");
  }

  @Test
  void bothReplicasCanWaitAtOnce() throws InterruptedException {
    network.cut(HERE, THERE);
    network.cut(THERE, HERE);
    here.put(TABLE, "here", "Graz", "1");
    there.put(TABLE, "there", "Graz", "1");
    here.disassociate(TABLE);
    there.disassociate(TABLE);
    network.heal();
    awaitTableOfOneRegion(here);
    awaitTableOfOneRegion(there);
    assertThat(ids(here)).containsOnly("here", "there");
    assertThat(ids(there)).containsOnly("here", "there");
  }

  @Test
  void aReplicaWaitsForTheLastChangesOfATableThatIsDeleted() throws InterruptedException {
    network.cut(HERE, THERE);
    here.put(TABLE, "last", "Graz", "1");
    there.disassociate(TABLE);
    here.deleteTable(TABLE);
    TestRegion.await(
        "the deletion is known",
        () ->
            there.describe(TABLE).global().stream()
                .flatMap(global -> global.member(HERE).stream())
                .anyMatch(member -> !member.takesPart()));
    network.heal();
    TestRegion.await("the other replica is gone", () -> !here.has(TABLE));
    awaitTableOfOneRegion(there);
    assertThat(ids(there)).containsOnly("last");
  }

  @Test
  void aReplicaThatWaitsIsNotDeletedFromAnotherRegion() throws InterruptedException {
    network.cut(THERE, HERE);
    there.put(TABLE, "there", "Graz", "1");
    there.disassociate(TABLE);
    TestRegion.await(
        "the wait is known",
        () ->
            Disassociation.pending(here.describe(TABLE).global().orElseThrow(), THERE).isPresent());
    assertThatThrownBy(() -> here.change(TABLE, DELETION))
        .isInstanceOf(ResourceInUseException.class);
    network.heal();
    awaitTableOfOneRegion(there);
    assertThat(ids(there)).containsOnly("there");
  }

  @Test
  void aReplicaThatWasDeletedWhileItCouldNotBeReachedStaysSo() throws InterruptedException {
    network.cut(HERE, THERE);
    network.cut(THERE, HERE);
    there.put(TABLE, "there", "Graz", "1");
    there.disassociate(TABLE);
    here.change(TABLE, DELETION);
    network.heal(HERE, THERE);
    TestRegion.await(
        "it is being deleted", () -> there.describe(TABLE).status() == TableStatus.DELETING);
    network.heal(THERE, HERE);
    TestRegion.await("it is gone", () -> !there.has(TABLE));
    assertThat(ids(here)).containsOnly("there");
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
