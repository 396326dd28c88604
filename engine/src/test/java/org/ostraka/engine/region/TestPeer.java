package org.ostraka.engine.region;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.model.operation.UpdateTable;

/** Regions that can be reached, and answer as they are made to. One thread. */
final class TestPeer implements Peers, Peer {
  private final Function<GroupMessage, Optional<GroupMessage>> answer;
  private int messages;

  TestPeer(Function<GroupMessage, Optional<GroupMessage>> answer) {
    this.answer = answer;
  }

  /** Returns the number of messages that were told. */
  int messages() {
    return messages;
  }

  /** Begins to add a replica of a table in one of these regions. */
  void addReplica(TestEngine engine, String table, Region region) {
    update(engine, table, new ReplicaUpdate(region.value(), null, null, ReplicaSettings.NONE));
  }

  /** Adds or removes a replica of a table in one of these regions. */
  void update(TestEngine engine, String table, ReplicaUpdate update) {
    var _ =
        engine
            .operations(EnginePorts.standard(engine.clock()).withPeers(this))
            .updateTable()
            .handle(
                TestEngine.CALLER,
                new UpdateTable.Request(
                    table,
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
