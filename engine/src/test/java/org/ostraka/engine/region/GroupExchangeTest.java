package org.ostraka.engine.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.model.operation.UpdateTable;

/** What replicas in other regions were told is known as long as there are these replicas. */
final class GroupExchangeTest {
  private static final Region THERE = new Region("us-east-1");

  @Test
  void whatWasToldToAReplicaIsForgottenWithTheReplica() {
    try (TestEngine engine = new TestEngine()) {
      Peers peers = new RegionsWithoutTables();
      engine.create("votes");
      addReplica(engine, peers);
      GlobalTables tables =
          new GlobalTables(
              engine.catalogue(), engine.clock(), UUID::randomUUID, engine.settings(), () -> {});
      GroupExchange exchange =
          new GroupExchange(tables, peers, Runnable::run, GroupExchange.REPEAT);
      exchange.run(); // the other region has no such table: the replica has left
      assertThat(tables.all()).isEmpty();
      assertThat(exchange.toldReplicas()).isOne();
      exchange.run();
      assertThat(exchange.toldReplicas()).isZero();
    }
  }

  private static void addReplica(TestEngine engine, Peers peers) {
    ReplicaUpdate update = new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE);
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

  /** Regions that can be reached and have no tables. */
  private static final class RegionsWithoutTables implements Peers, Peer {
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
      return Optional.empty();
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
