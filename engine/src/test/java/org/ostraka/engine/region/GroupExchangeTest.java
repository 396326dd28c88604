package org.ostraka.engine.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.model.operation.UpdateTable;

/** When replicas in other regions are told, and how long it is known what they were told. */
final class GroupExchangeTest {
  private static final Region THERE = new Region("us-east-1");
  private static final ReplicaUpdate ADDITION =
      new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE);
  private static final ReplicaUpdate REMOVAL =
      new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE);

  @Test
  void whatWasToldToAReplicaIsForgottenWithTheReplica() {
    try (TestEngine engine = new TestEngine()) {
      Peers peers = new TestPeer(_ -> Optional.empty());
      engine.create("votes");
      update(engine, peers, ADDITION);
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
      update(engine, peers, ADDITION);
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

      update(engine, peers, REMOVAL);
      assertThat(told(exchange, peers)).as("it was removed").isOne();
      engine.clock().advance(Duration.ofSeconds(1));
      assertThat(told(exchange, peers)).isOne();
    }
  }

  private static int told(GroupExchange exchange, TestPeer peers) {
    int before = peers.messages;
    exchange.run();
    return peers.messages - before;
  }

  private static GlobalTables tables(TestEngine engine) {
    return new GlobalTables(
        engine.catalogue(), engine.clock(), UUID::randomUUID, engine.settings(), () -> {});
  }

  private static void update(TestEngine engine, Peers peers, ReplicaUpdate update) {
    var _ =
        engine
            .operations(EnginePorts.standard(engine.clock()).withPeers(peers))
            .updateTable()
            .handle(
                TestEngine.CALLER,
                new UpdateTable.Request(
                    "votes",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(update),
                    null,
                    null));
  }

  /** Regions that can be reached, and answer as they are made to. */
  private static final class TestPeer implements Peers, Peer {
    private final Function<GroupMessage, Optional<GroupMessage>> answer;
    private int messages;

    TestPeer(Function<GroupMessage, Optional<GroupMessage>> answer) {
      this.answer = answer;
    }

    @Override
    public Optional<Peer> to(Region region) {
      return Optional.of(this);
    }

    @Override
    public List<Region> regions() {
      return List.of();
    }

    @Override
    public Optional<Table> find(TableArn table) {
      return Optional.empty();
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      messages++;
      return answer.apply(message);
    }

    @Override
    public Association.Answer associate(Association association) {
      throw new UnsupportedOperationException("nothing is associated");
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      return Optional.empty();
    }
  }
}
