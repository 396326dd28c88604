package org.ostraka.engine.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeFullException;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;

/**
 * A store remembers which regions it was served with, and refuses others that mix data; and it
 * remembers which deployments serve other regions, and refuses others.
 */
@Tag("postgresql")
final class DeploymentsTest {
  private static final Region HERE = TestEngine.CALLER.owner().region();
  private static final Region THERE = new Region("us-east-1");
  private static final Region ELSEWHERE = new Region("ap-south-1");
  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);
  private static final Set<Region> ALL = Set.of();
  private static final Set<Region> NONE = Set.of();

  private final TestPeer peers = new TestPeer(_ -> Optional.empty());
  private TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  /** Without the peer, its region would be served here, where the replica is not. */
  @Test
  void theRegionOfAPeerIsNotServedHereWhileATableHasAReplicaThere() {
    serve(Set.of(HERE), Set.of(THERE));
    engine.create("votes");
    peers.addReplica(engine, "votes", THERE);
    engine = engine.restart();
    String why = "table votes has a replica in region us-east-1, which another process serves";
    assertRefused(ALL, NONE, why);
    assertRefused(Set.of(HERE, THERE), NONE, why);
    assertServes(Set.of(HERE), NONE); // the region is cut off
    assertServes(Set.of(HERE), Set.of(THERE));
    engine = engine.restart();
    assertRefused(ALL, NONE, why);
  }

  @Test
  void theRegionOfAPeerIsServedHereWhenNoTableHasAReplicaThere() {
    serve(Set.of(HERE), Set.of(THERE));
    engine.create("votes");
    engine = engine.restart();
    assertServes(ALL, NONE);
    peers.addReplica(engine, "votes", THERE);
    engine = engine.restart();
    assertServes(ALL, NONE); // the replica is one of this store
  }

  @Test
  void aPeerDoesNotServeARegionWithTablesInTheStore() {
    engine.create("votes");
    deployments().serve(Set.of(THERE), NONE, true);
    assertRefused(
        Set.of(THERE),
        Set.of(HERE, ELSEWHERE),
        "table votes of region eu-central-1 is in the store, and a peer is said to serve it");
    assertServes(Set.of(THERE), Set.of(ELSEWHERE));
  }

  @Test
  void aStoreWithTablesOfOtherRegionsOnlyIsNotServed() {
    engine.create("votes");
    String why =
        "all tables in the store are of eu-central-1, which this start does not serve, but";
    assertRefused(Set.of(THERE), NONE, why + " us-east-1: is it the right --data");
    assertRefused(Set.of(THERE), Set.of(HERE), why);
    assertServes(Set.of(HERE, THERE), NONE);
    engine = engine.restart();
    assertRefused(Set.of(THERE, ELSEWHERE), NONE, why + " ap-south-1, us-east-1");
    assertServes(ALL, NONE);
  }

  @Test
  void whatIsIntendedIsDoneAndTrueFromThenOn() {
    engine.create("votes");
    deployments().serve(Set.of(THERE), Set.of(HERE), true);
    engine = engine.restart();
    assertServes(Set.of(THERE), Set.of(HERE));
    engine = engine.restart();
    peers.addReplica(engine, "votes", ELSEWHERE);
    deployments().serve(Set.of(HERE), Set.of(ELSEWHERE), false);
    assertRefused(ALL, NONE, "table votes has a replica in region ap-south-1");
    deployments().serve(ALL, NONE, true);
    engine = engine.restart();
    assertServes(ALL, NONE);
  }

  @Test
  void aStoreWithoutTablesServesAnyRegion() {
    assertServes(Set.of(HERE), Set.of(THERE));
    assertServes(Set.of(THERE), Set.of(HERE));
    assertServes(ALL, NONE);
  }

  /** As it is in a directory of an earlier version. */
  @Test
  void aStoreThatRemembersNothingIsServedWithTheRegionsOfItsTables() {
    engine.create("votes");
    peers.addReplica(engine, "votes", THERE);
    assertServes(Set.of(HERE), Set.of(THERE));
    engine = engine.restart();
    assertRefused(ALL, NONE, "table votes has a replica in region us-east-1");
  }

  @Test
  void aServerOfAllRegionsWritesNothing() {
    deployments().serve(ALL, NONE, false);
    assertThat(engine.store().spaces()).doesNotContain(DeploymentRows.SPACE);
  }

  @Test
  void whatAnotherServerRemembersStays() {
    serve(Set.of(HERE), Set.of(THERE));
    serve(Set.of(HERE), Set.of(ELSEWHERE));
    engine.create("votes");
    peers.addReplica(engine, "votes", THERE);
    assertRefused(ALL, NONE, "table votes has a replica in region us-east-1");
  }

  @Test
  void aFullDiskKeepsNobodyFromServing() {
    AtomicBoolean isFull = new AtomicBoolean();
    ManualClock clock = new ManualClock(TestEngine.START);
    MemoryVolume volume =
        new MemoryVolume(step -> {
          if (isFull.get() && step == MemoryVolume.Step.WRITE) {
            throw new VolumeFullException("no space left");
          }
        });
    try (Store store = new VolumeStore(volume, new HybridClock(clock), Thread::new, _ -> {})) {
      isFull.set(true);
      Deployments deployments = Deployments.open(store, List::of, UUID::randomUUID);
      assertThatCode(() -> deployments.serve(Set.of(HERE), Set.of(THERE), false))
          .doesNotThrowAnyException();
      assertThat(deployments.own()).isEmpty();
      deployments.learn(THERE, FIRST);
      assertThat(deployments.of(THERE)).contains(FIRST);
      isFull.set(false);
      deployments.serve(Set.of(HERE), Set.of(THERE), false);
      assertThat(deployments.own()).isPresent();
    }
  }

  @Test
  void allServersOfAStoreAreOfOneDeployment() {
    Deployments one = deployments();
    Deployments other = deployments();
    one.serve(Set.of(HERE), Set.of(THERE), false);
    other.serve(Set.of(HERE), Set.of(THERE), false);
    assertThat(one.own()).isPresent().isEqualTo(other.own());
    Optional<UUID> before = one.own();
    engine = engine.restart();
    Deployments again = deployments();
    again.serve(Set.of(HERE, ELSEWHERE), Set.of(THERE), false);
    assertThat(again.own()).isEqualTo(before);
    again.learn(THERE, FIRST);
    assertThat(again.known())
        .isEqualTo(
            Map.of(HERE, before.orElseThrow(), ELSEWHERE, before.orElseThrow(), THERE, FIRST));
  }

  @Test
  void theDeploymentOfARegionStaysTheSameWhileATableHasAReplicaThere() {
    deployments().learn(THERE, FIRST);
    engine.create("votes");
    peers.addReplica(engine, "votes", THERE);
    engine = engine.restart();
    Deployments deployments = deployments();
    assertThat(deployments.of(THERE)).contains(FIRST);
    deployments.verify(THERE, FIRST);
    deployments.verify(ELSEWHERE, SECOND); // is not known yet
    assertThat(deployments.of(ELSEWHERE)).isEmpty();
    String why =
        "region us-east-1 is served by deployment "
            + SECOND
            + ", but was by "
            + FIRST
            + " when its replicas were made";
    assertOther(() -> deployments.verify(THERE, SECOND), why);
    assertOther(() -> deployments.learn(THERE, SECOND), why);
    assertThat(deployments().of(THERE)).contains(FIRST);
  }

  @Test
  void anotherDeploymentTakesThePlaceOfOneWithoutReplicas() {
    Deployments deployments = deployments();
    Deployments ofAnotherServer = deployments();
    deployments.learn(THERE, FIRST);
    engine.create("votes");
    peers.addReplica(engine, "votes", ELSEWHERE);
    deployments.verify(THERE, SECOND);
    assertThat(deployments.of(THERE)).contains(SECOND);
    engine.create("counts");
    peers.addReplica(engine, "counts", THERE);
    assertOther(() -> ofAnotherServer.learn(THERE, FIRST), "but was by " + SECOND);
    ofAnotherServer.learn(THERE, SECOND);
  }

  @Test
  void aDeploymentIsNoOtherRegionOfItself() {
    Deployments deployments = deployments();
    deployments.serve(Set.of(HERE), Set.of(THERE), false);
    UUID own = deployments.own().orElseThrow();
    assertOther(() -> deployments.verify(THERE, own), "by this deployment itself");
  }

  @Test
  void theCheckKnowsWhatIsRemembered() {
    serve(Set.of(HERE), Set.of(THERE));
    assertThat(engine.check().named()).isEmpty();
    Bytes other = ItemEncoding.encode(new Item(Map.of()));
    engine
        .store()
        .transact(
            List.of(DeploymentRows.OWN),
            _ -> new Verdict<>(true, List.of(new Write.Put(DeploymentRows.OWN, other))));
    assertThat(engine.check().named())
        .containsExactly("what the store remembers of regions is damaged");
  }

  private static void assertOther(Runnable meeting, String why) {
    assertThatThrownBy(meeting::run)
        .isInstanceOf(OtherDeploymentException.class)
        .hasMessageContaining(why);
  }

  private void assertServes(Set<Region> served, Set<Region> others) {
    assertThatCode(() -> deployments().serve(served, others, false)).doesNotThrowAnyException();
  }

  private void assertRefused(Set<Region> served, Set<Region> others, String why) {
    assertThatThrownBy(() -> deployments().serve(served, others, false))
        .isInstanceOf(ChangedRegionsException.class)
        .hasMessageContaining(why);
  }

  private void serve(Set<Region> served, Set<Region> others) {
    deployments().serve(served, others, false);
  }

  private Deployments deployments() {
    return Deployments.open(engine.store(), this::tables, UUID::randomUUID);
  }

  private List<TableDescription> tables() {
    return engine.catalogue().records(_ -> true).stream().map(TableRecord::description).toList();
  }
}
