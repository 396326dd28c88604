package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.storage.Stamp;

/** Two regions of a global table, one of which is away. */
@Timeout(120)
final class GroupExchangeTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");

  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = network.region(HERE);
  private final TestRegion there = network.region(THERE);

  @BeforeEach
  void replicate() throws InterruptedException {
    here.createTable(TABLE);
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("the replica is active", () -> isActive(here) && isActive(there));
  }

  private static boolean isActive(TestRegion region) {
    return isActive(region, TABLE);
  }

  private static boolean isActive(TestRegion region, String table) {
    return region.has(table)
        && region.describe(table).global().orElseThrow().members().stream()
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
    here.change(TABLE, new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE));
    assertThat(here.describe(TABLE).global().orElseThrow().shown(HERE))
        .extracting(GlobalTable.Member::state)
        .containsExactly(GlobalTable.State.LEFT);
    assertThatThrownBy(() ->
            here.change(TABLE, new ReplicaUpdate("ap-south-1", null, null, ReplicaSettings.NONE)))
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

  @Test
  void aReplicaKeepsItsOwnSettingsWhileItIsCutOffAndWhenTheSharedOnesChange() throws Exception {
    cut();
    ReplicaSettings own = new ReplicaSettings(null, TableClass.STANDARD, null, 20L, List.of());
    here.change(TABLE, new ReplicaUpdate(null, THERE.value(), null, own));
    assertThat(there.describe(TABLE).tableClass()).isEmpty();
    network.heal();
    TestRegion.await("the replica has its class", () -> hasOwnSettings(there));
    GlobalTable.Setting shared =
        new GlobalTable.Setting(
            "7", settings(here).get("write-maximum").edition().next(later(), HERE));
    assertThat(there.peer().tell(changed("write-maximum", shared))).isPresent();
    TestRegion.await(
        "the shared setting comes back", () -> shared.equals(settings(here).get("write-maximum")));
    String infrequent = TableClass.STANDARD_INFREQUENT_ACCESS.name();
    GlobalTable.Setting cheaper =
        new GlobalTable.Setting(
            infrequent, settings(here).get("class").edition().next(later(), HERE));
    assertThat(there.peer().tell(changed("class", cheaper))).isPresent();
    TestRegion.await(
        "the class of the global table is here",
        () ->
            here.describe(TABLE)
                .tableClass()
                .map(it -> it.tableClass().name())
                .equals(Optional.of(infrequent)));
    assertThat(hasOwnSettings(there)).isTrue();
    assertThat(there.describe(TABLE).onDemandThroughput().maxWriteUnits()).hasValue(7);
    assertThat(here.describe(TABLE).onDemandThroughput().maxReadUnits()).isEmpty();
  }

  private static boolean hasOwnSettings(TestRegion region) {
    TableDescription table = region.describe(TABLE);
    return table.onDemandThroughput().maxReadUnits().equals(OptionalLong.of(20))
        && table.tableClass().filter(it -> it.tableClass() == TableClass.STANDARD).isPresent();
  }

  private static Instant later() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
  }

  /** Returns a message with another value of a setting. */
  private GroupMessage changed(String name, GlobalTable.Setting setting) {
    TableDescription description = here.describe(TABLE);
    return new GroupMessage(
        there.describe(TABLE).arn(),
        description.withGlobal(description.global().map(it -> it.with(name, setting))));
  }

  private static Map<String, GlobalTable.Setting> settings(TestRegion region) {
    return region.describe(TABLE).global().orElseThrow().settings();
  }

  /**
   * Otherwise a third region might ask for the replica before it is there, and take it for gone.
   */
  @Test
  void aReplicaWithoutItemsIsActiveOnlyOnceItTakesChanges() throws Exception {
    here.createTable("empty");
    network.cutAfter(network.changes());
    here.change("empty", new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("the copy is refused", () -> network.refused() > 0);
    assertThat(here.describe("empty").global().orElseThrow().shown(HERE))
        .extracting(GlobalTable.Member::state)
        .containsExactly(GlobalTable.State.JOINING);
    network.heal();
    TestRegion.await("the replica is active", () -> isActive(here, "empty"));
  }

  @Test
  void aReplicaWhoseRegionIsLostBeforeItIsCompleteCanBeRemoved() throws Exception {
    here.createTable("empty");
    network.cutAfter(network.changes());
    here.change("empty", new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("the replica is created", () -> there.has("empty"));
    ReplicaUpdate removal = new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE);
    assertThatThrownBy(() -> here.change("empty", removal))
        .as("it answers")
        .isInstanceOf(ResourceInUseException.class);
    cut();
    here.change("empty", removal);
    network.heal();
    TestRegion.await("it is gone", () -> !there.has("empty"));
    TestRegion.await("a table of one region", () -> here.describe("empty").global().isEmpty());
  }

  @Test
  void aRemovedReplicaCanBeAddedAgain() throws Exception {
    here.put(TABLE, "a", "Graz", "1");
    here.change(TABLE, new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE));
    TestRegion.await("a table of one region", () -> here.describe(TABLE).global().isEmpty());
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("the replica is active", () -> isActive(here) && isActive(there));
    assertThat(there.items(TABLE)).hasSize(1);
  }

  private void cut() {
    network.cut(HERE, THERE);
    network.cut(THERE, HERE);
  }
}
