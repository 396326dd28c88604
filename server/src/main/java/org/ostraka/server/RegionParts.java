package org.ostraka.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.region.ReplicaReaders;
import org.ostraka.delivery.region.ReplicationMetrics;
import org.ostraka.delivery.region.ReplicationReport;
import org.ostraka.delivery.region.ReplicationStatus;
import org.ostraka.delivery.region.StoredProgress;
import org.ostraka.delivery.region.UnsteadyPeers;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.region.Deployments;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.GroupExchange;
import org.ostraka.engine.region.LocalPeer;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.server.config.RegionFaults;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.region.PeerConnections;
import org.ostraka.server.region.RegionReport;
import org.ostraka.server.region.ServedRegions;
import org.ostraka.storage.Store;

/**
 * What replicates tables between regions. Immutable.
 *
 * @param own the regions of this process, for other regions
 * @param peers all regions that tables can be replicated to
 * @param connections the ways to regions of other processes
 * @param anomalies faults that the operator has turned on
 * @param metrics the measures of replication
 * @param report tells how far replication has come
 * @param executor runs what may wait for another region
 */
record RegionParts(
    ServedRegions own,
    Peers peers,
    PeerConnections connections,
    Anomalies anomalies,
    ReplicationMetrics metrics,
    RegionReport report,
    ReplicaReaders readers,
    ExecutorService executor) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * Makes the parts.
   *
   * @param building run when there may be an index to build
   * @param parts gets what has to be closed
   */
  static RegionParts of(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      Clock clock,
      Runnable building,
      Parts parts) {
    Set<Region> served = settings.regions();
    GlobalTables tables =
        new GlobalTables(
            catalogue,
            clock,
            UUID::randomUUID,
            settings.engine(),
            building,
            region -> served.isEmpty() || served.contains(region));
    ReplicationStatus status = new ReplicationStatus();
    ReplicationReport replication = new ReplicationReport(store, status);
    LocalPeer own = new LocalPeer(store, catalogue, tables, new StoredProgress(store, clock));
    Deployments deployments =
        Deployments.open(store, () -> descriptions(catalogue), UUID::randomUUID);
    PeerConnections connections =
        parts.add(PeerConnections.open(settings.deliveries().peers(), served, clock, deployments));
    KnownRegions known = new KnownRegions(served, own, connections::peers);
    RegionFaults faults = settings.deliveries().peers().faults();
    Anomalies anomalies =
        RandomAnomalies.of(settings.transactionConflictRate(), faults, new Random());
    Peers peers =
        faults.concernMessages()
            ? new UnsteadyPeers(known, anomalies, clock, Thread::sleep)
            : known;
    ExecutorService executor =
        parts.addExecutor(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("regions-", 0).factory()));
    ReplicaReaders readers =
        new ReplicaReaders(
            store,
            catalogue,
            tables,
            peers,
            new GroupExchange(tables, peers, executor, GroupExchange.REPEAT),
            status,
            executor,
            clock,
            new BackOff(FIRST_PAUSE, LONGEST_PAUSE, new Random(), Thread::sleep));
    ReplicationMetrics metrics = new ReplicationMetrics(tables, replication, status);
    return new RegionParts(
        new ServedRegions(own, known::serves, known::servedNames, deployments),
        peers,
        connections,
        anomalies,
        metrics,
        new RegionReport(metrics, deployments::known, clock),
        readers,
        executor);
  }

  private static List<TableDescription> descriptions(Catalogue catalogue) {
    return catalogue.records(_ -> true).stream().map(TableRecord::description).toList();
  }
}
