package org.ostraka.server.region;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ostraka.engine.region.Deployments;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Edition;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.Region;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;

/** What a store in memory knows of its deployment and of others. One thread closes. */
final class TestDeployment implements AutoCloseable {
  private final List<TableDescription> tables = new CopyOnWriteArrayList<>();
  private final Store store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND),
          new HybridClock(InstantSource.system()),
          Thread::new,
          _ -> {});
  private final Deployments known = Deployments.open(store, () -> tables, UUID::randomUUID);

  /** Makes the deployment of a region. */
  TestDeployment(Region region) {
    known.serve(Set.of(region), Set.of(), false);
  }

  Deployments known() {
    return known;
  }

  UUID id() {
    return known.own().orElseThrow();
  }

  /** Makes a table a replica of a global table that has another region, too. */
  void replicate(TableArn table, Region other) {
    Edition edition = new Edition(Instant.EPOCH, table.owner().region());
    Member member = new Member(other, State.ACTIVE, table.owner().region(), edition, true, false);
    tables.add(description(table, new GlobalTable(new UUID(1, 1), List.of(member), Map.of())));
  }

  /** Ends all replication, as after the removal of all replicas. */
  void replicateNothing() {
    tables.clear();
  }

  /** Returns the description of a replica. */
  static TableDescription description(TableArn table, GlobalTable global) {
    return new TableDescription(
        table,
        new UUID(1, 2),
        Instant.EPOCH,
        TableStatus.ACTIVE,
        List.of(new AttributeDefinition("id", ScalarType.S)),
        new TableKey(new AttributeDefinition("id", ScalarType.S), Optional.empty()),
        List.of(),
        List.of(),
        new BillingModeSummary(BillingMode.PAY_PER_REQUEST, Optional.empty()),
        ProvisionedThroughput.NONE,
        OnDemandThroughput.UNLIMITED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.of(global),
        Optional.empty());
  }

  @Override
  public void close() {
    store.close();
  }
}
