package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.storage.Stamp;

/** Two regions of a global table, one of which is away. */
@Timeout(120)
final class GroupExchangeTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");

  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = region(HERE);
  private final TestRegion there = region(THERE);

  private TestRegion region(Region name) {
    SplittableRandom random = new SplittableRandom(1);
    TestRegion region =
        new TestRegion(name.value(), Clock.systemUTC(), network.from(name.value()), random);
    network.add(region);
    return region;
  }

  @BeforeEach
  void replicate() throws InterruptedException {
    here.createTable(TABLE);
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, null));
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
  void aRegionThatCannotBeReachedIsRemovedAndDeletesItsTableWhenItIsBack() throws Exception {
    cut();
    here.change(TABLE, new ReplicaUpdate(null, null, THERE.value(), null));
    assertThat(here.describe(TABLE).global().orElseThrow().shown(HERE))
        .extracting(GlobalTable.Member::state)
        .containsExactly(GlobalTable.State.LEFT);
    assertThatThrownBy(() -> here.change(TABLE, new ReplicaUpdate("ap-south-1", null, null, null)))
        .isInstanceOf(ResourceInUseException.class);
    assertThat(there.has(TABLE)).isTrue();
    network.heal();
    TestRegion.await("the replica is gone", () -> !there.has(TABLE));
    TestRegion.await("a table of one region", () -> here.describe(TABLE).global().isEmpty());
  }

  @Test
  void whatAReplicaHasWrittenBeforeItsTableIsDeletedReachesTheOther() throws Exception {
    cut();
    there.put(TABLE, "last", "Graz", "1");
    there.deleteTable(TABLE);
    network.heal();
    TestRegion.await("the replica is gone", () -> !there.has(TABLE));
    assertThat(here.items(TABLE)).hasSize(1);
    TestRegion.await("a table of one region", () -> here.describe(TABLE).global().isEmpty());
  }

  @Test
  void whatIsDurableInTheOtherRegionIsKnown() throws Exception {
    cut();
    here.put(TABLE, "a", "Graz", "1");
    Stamp written = here.records(TABLE).getLast().stamp();
    assertThat(here.durable(TABLE, THERE)).isLessThan(written);
    network.heal();
    TestRegion.await("it is durable", () -> here.durable(TABLE, THERE).compareTo(written) >= 0);
    assertThat(there.items(TABLE)).hasSize(1);
  }

  @Test
  void changesThatWaitAndThoseThatAreSentAreCounted() throws Exception {
    cut();
    for (int i = 0; i < 7; i++) {
      here.put(TABLE, "waiting-" + i, "Graz", "1");
    }
    assertThat(here.metrics()).extracting(ReplicationMetrics.Link::pending).containsExactly(7L);
    network.heal();
    TestRegion.await("all are sent", () -> here.metrics().getFirst().pending() == 0);
    ReplicationMetrics.Link link = here.metrics().getFirst();
    assertThat(link.to().region()).isEqualTo(THERE);
    assertThat(link.sent()).isEqualTo(7);
    assertThat(link.latency()).isPositive();
    assertThat(link.contact()).isPresent();
  }

  @Test
  void aSettingThatOnlyALaterVersionKnowsIsKeptAndPassedOn() throws Exception {
    GlobalTable.Setting later =
        new GlobalTable.Setting("blue", new GlobalTable.Edition(Instant.EPOCH, HERE));
    TableDescription description = here.describe(TABLE);
    GroupMessage message =
        new GroupMessage(
            there.describe(TABLE).arn(),
            description.withGlobal(description.global().map(it -> it.with("colour", later))));
    assertThat(there.peer().tell(message)).isPresent();
    TestRegion.await("the setting comes back", () -> settings(here).containsKey("colour"));
    assertThat(settings(here)).containsEntry("colour", later);
    assertThat(there.peer().tell(message).orElseThrow().global().settings())
        .containsEntry("colour", later);
  }

  private static Map<String, GlobalTable.Setting> settings(TestRegion region) {
    return region.describe(TABLE).global().orElseThrow().settings();
  }

  @Test
  void aRemovedReplicaCanBeAddedAgain() throws Exception {
    here.put(TABLE, "a", "Graz", "1");
    here.change(TABLE, new ReplicaUpdate(null, null, THERE.value(), null));
    TestRegion.await("a table of one region", () -> here.describe(TABLE).global().isEmpty());
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, null));
    TestRegion.await("the replica is active", () -> isActive(here) && isActive(there));
    assertThat(there.items(TABLE)).hasSize(1);
  }

  private void cut() {
    network.cut(HERE, THERE);
    network.cut(THERE, HERE);
  }
}
