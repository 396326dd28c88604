package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;

/**
 * A replica is removed and added again while a third region, whose clock is ahead, is cut off. That
 * one learns of it only afterwards.
 */
@Timeout(120)
final class ReplicaAddedAgainTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");
  private static final Region AWAY = new Region("ap-south-1");

  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = network.region(HERE);
  private final TestRegion there = network.region(THERE);
  private final TestRegion away =
      network.region(AWAY, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(4)));

  @BeforeEach
  void replicate() throws InterruptedException {
    here.createTable(TABLE);
    add(THERE);
    TestRegion.await("two regions are active", () -> isActive(here, there));
    add(AWAY);
    TestRegion.await("all regions are active", () -> isActive(here, there, away));
  }

  @AfterEach
  void close() {
    List.of(here, there, away).forEach(TestRegion::close);
  }

  @Test
  void itGetsWhatOnlyTheThirdRegionHadSentToItBefore() throws Exception {
    network.cut(AWAY, HERE);
    sendToTheEarlierReplica();
    cutOff();
    remove();
    addAgain();
    requireTheChangeEverywhere();
  }

  /** All that the third region knows of the earlier replica is that it is being filled. */
  @Test
  void itGetsWhatTheThirdRegionHadSentToAnEarlierReplicaThatWasBeingFilled() throws Exception {
    remove();
    TestRegion.await("the third region knows that", () -> state(away, THERE).isEmpty());
    network.cutChanges(HERE, THERE);
    add(THERE);
    TestRegion.await("the third region has copied", this::isCopiedWhileJoining);
    network.cut(AWAY, HERE);
    sendToTheEarlierReplica();
    cutOff();
    assertThat(isCopiedWhileJoining()).isTrue();
    network.healChanges(HERE, THERE);
    TestRegion.await(
        "the replica is active", () -> member(here, THERE).state() == GlobalTable.State.ACTIVE);
    remove();
    addAgain();
    requireTheChangeEverywhere();
  }

  @Test
  void itStaysWhenTheThirdRegionHasFoundTheEarlierReplicaGone() throws Exception {
    cutOff();
    remove();
    network.heal(AWAY, THERE);
    TestRegion.await("the third region finds it gone", () -> state(away, THERE).isEmpty());
    addAgain();
    network.heal();
    TestRegion.await("all regions are active", () -> isActive(here, there, away));
  }

  private boolean isCopiedWhileJoining() {
    GlobalTable.Member replica = member(away, THERE);
    return replica.state() == GlobalTable.State.JOINING && replica.copied();
  }

  private void sendToTheEarlierReplica() throws InterruptedException {
    away.put(TABLE, "sent", "Graz", "1");
    TestRegion.await("the change arrives", () -> there.items(TABLE).size() == 1);
    TestRegion.await("the change is known to have arrived", this::isDelivered);
  }

  /** Cuts the third region off from both others. */
  private void cutOff() {
    network.cut(AWAY, HERE);
    network.cut(AWAY, THERE);
    network.cut(HERE, AWAY);
    network.cut(THERE, AWAY);
  }

  private void remove() throws InterruptedException {
    here.change(TABLE, new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE));
    TestRegion.await("the replica is gone", () -> !there.has(TABLE));
    TestRegion.await("that is known", () -> state(here, THERE).isEmpty());
  }

  private void addAgain() throws InterruptedException {
    add(THERE);
    TestRegion.await(
        "the replica is there again",
        () -> state(here, THERE).equals(Optional.of(GlobalTable.State.ACTIVE)));
    assertThat(there.items(TABLE)).isEmpty();
  }

  private void requireTheChangeEverywhere() throws InterruptedException {
    network.heal();
    TestRegion.await("all regions are active", () -> isActive(here, there, away));
    TestRegion.await("the change is everywhere", () -> here.items(TABLE).size() == 1);
    TestRegion.await("also in the new replica", () -> there.items(TABLE).size() == 1);
  }

  private void add(Region region) {
    here.change(TABLE, new ReplicaUpdate(region.value(), null, null, ReplicaSettings.NONE));
  }

  /** Returns whether the third region need not send again what it has written. */
  private boolean isDelivered() {
    return away.durable(TABLE, THERE).compareTo(away.records(TABLE).getLast().stamp()) >= 0;
  }

  private static GlobalTable.Member member(TestRegion region, Region of) {
    return region.describe(TABLE).global().orElseThrow().member(of).orElseThrow();
  }

  private static Optional<GlobalTable.State> state(TestRegion region, Region of) {
    return region.describe(TABLE).global().orElseThrow().shown(region.region()).stream()
        .filter(member -> member.region().equals(of))
        .map(GlobalTable.Member::state)
        .findFirst();
  }

  private static boolean isActive(TestRegion... regions) {
    return List.of(regions).stream()
        .allMatch(region ->
            region.has(TABLE)
                && region.describe(TABLE).global().orElseThrow().members().stream()
                    .allMatch(
                        member -> member.state() == GlobalTable.State.ACTIVE && member.copied()));
  }
}
