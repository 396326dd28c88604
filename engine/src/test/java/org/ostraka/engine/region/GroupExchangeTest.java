package org.ostraka.engine.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;

/** When replicas in other regions are told, and how long it is known what they were told. */
final class GroupExchangeTest {
  private static final Region HERE = TestEngine.CALLER.owner().region();
  private static final Region THERE = new Region("us-east-1");
  private static final ReplicaUpdate ADDITION =
      new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE);
  private static final ReplicaUpdate REMOVAL =
      new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE);

  @Test
  void whatWasToldToAReplicaIsForgottenWithTheReplica() {
    try (TestEngine engine = new TestEngine()) {
      TestPeer peers = new TestPeer(_ -> Optional.empty());
      engine.create("votes");
      peers.update(engine, "votes", ADDITION);
      GlobalTables tables = tables(engine);
      GroupExchange exchange =
          new GroupExchange(tables, peers, Runnable::run, GroupExchange.REPEAT);
      exchange.run(); // the other region has no such table: the replica has left
      assertThat(tables.all()).isEmpty();
      assertThat(exchange.toldReplicas()).isOne();
      exchange.run();
      assertThat(exchange.toldReplicas()).isZero();
    }
  }

  @Test
  void aReplicaIsToldEachSecondWhileItIsAddedOrRemoved() {
    try (TestEngine engine = new TestEngine()) {
      TestPeer peers = new TestPeer(Optional::of);
      engine.create("votes");
      peers.update(engine, "votes", ADDITION);
      GlobalTables tables = tables(engine);
      GroupExchange exchange =
          new GroupExchange(tables, peers, Runnable::run, GroupExchange.REPEAT);
      assertThat(told(exchange, peers)).isOne();
      assertThat(told(exchange, peers)).isZero();
      engine.clock().advance(Duration.ofSeconds(1));
      assertThat(told(exchange, peers)).isOne();

      TableRecord record = tables.all().getFirst();
      tables.copied(record, GlobalTables.partners(record).getFirst());
      assertThat(told(exchange, peers)).as("it became active").isOne();
      engine.clock().advance(Duration.ofSeconds(9));
      assertThat(told(exchange, peers)).isZero();
      engine.clock().advance(Duration.ofSeconds(1));
      assertThat(told(exchange, peers)).isOne();

      peers.update(engine, "votes", REMOVAL);
      assertThat(told(exchange, peers)).as("it was removed").isOne();
      engine.clock().advance(Duration.ofSeconds(1));
      assertThat(told(exchange, peers)).isOne();
    }
  }

  @Test
  void anAnswerAboutAnEarlierReplicaDoesNotRemoveTheOneThatWasAddedSince() {
    try (TestEngine engine = new TestEngine()) {
      AtomicReference<Function<GroupMessage, Optional<GroupMessage>>> answer =
          new AtomicReference<>(Optional::of);
      TestPeer peers = new TestPeer(message -> answer.get().apply(message));
      engine.create("votes");
      peers.update(engine, "votes", ADDITION);
      GlobalTables tables = tables(engine);
      TableRecord joining = tables.all().getFirst();
      tables.copied(joining, GlobalTables.partners(joining).getFirst());
      peers.update(engine, "votes", REMOVAL);
      answer.set(_ -> {
        // "No such replica" is on its way, and meanwhile it is added again.
        answer.set(Optional::of);
        engine.clock().advance(GlobalTableRules.CHANGE_TIMEOUT.plusSeconds(1));
        peers.update(engine, "votes", ADDITION);
        return Optional.empty();
      });
      new GroupExchange(tables, peers, Runnable::run, GroupExchange.REPEAT).run();
      assertThat(GlobalTables.partners(tables.all().getFirst()))
          .extracting(GlobalTable.Member::state)
          .containsExactly(GlobalTable.State.JOINING);
    }
  }

  /** Another process may have the region, and its replica. */
  @Test
  void aReplicaInARegionThatIsNotServedTellsNothing() {
    try (TestEngine engine = new TestEngine()) {
      TestPeer peers = new TestPeer(Optional::of);
      engine.create("votes");
      peers.update(engine, "votes", ADDITION);
      GroupExchange exchange =
          new GroupExchange(
              tables(engine, THERE::equals), peers, Runnable::run, GroupExchange.REPEAT);
      assertThat(told(exchange, peers)).isZero();
      assertThat(tables(engine).all()).hasSize(1);
    }
  }

  private static int told(GroupExchange exchange, TestPeer peers) {
    int before = peers.messages();
    exchange.run();
    return peers.messages() - before;
  }

  private static GlobalTables tables(TestEngine engine) {
    return tables(engine, HERE::equals);
  }

  private static GlobalTables tables(TestEngine engine, Predicate<Region> served) {
    return new GlobalTables(
        engine.catalogue(), engine.clock(), UUID::randomUUID, engine.settings(), () -> {}, served);
  }
}
