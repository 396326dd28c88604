package org.ostraka.delivery.region;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.region.Disassociation;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Edition;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicas that wait to become tables of one region. Each waits until all other replicas have what
 * was written to it before the wait, and it has what was written to them. The others notice that it
 * has left when they speak to it next. One thread calls; the waits go on in others.
 */
final class Disassociations {
  private static final Logger LOG = LoggerFactory.getLogger(Disassociations.class);

  private final GlobalTables tables;
  private final Peers peers;
  private final ReplicationReport report;
  private final Supplier<Stamp> now;
  private final Executor executor;
  private final Map<Wait, Stamp> targets = new ConcurrentHashMap<>();
  private final Set<Wait> running = ConcurrentHashMap.newKeySet();

  /** A replica's wait, since an edition of its setting. */
  private record Wait(TableArn table, Edition since) {}

  /**
   * Makes the waits, of which there are none yet.
   *
   * @param now returns a stamp that is not before that of any write which was answered
   * @param executor runs what may wait for another region
   */
  Disassociations(
      GlobalTables tables,
      Peers peers,
      ReplicationReport report,
      Supplier<Stamp> now,
      Executor executor) {
    this.tables = tables;
    this.peers = peers;
    this.report = report;
    this.now = now;
    this.executor = executor;
  }

  /** Looks whether a replica waits, and whether it has waited long enough. */
  void advance(TableRecord record) {
    TableArn table = record.description().arn();
    GlobalTable global = record.description().global().orElseThrow();
    Optional<GlobalTable.Setting> pending = Disassociation.pending(global, table.owner().region());
    if (pending.isEmpty()) {
      return;
    }
    Wait wait = new Wait(table, pending.get().edition());
    // A restart begins the wait anew: it is longer then, never too short.
    Stamp target = targets.computeIfAbsent(wait, _ -> now.get());
    if (running.add(wait)) {
      executor.execute(() -> look(wait, record, target));
    }
  }

  private void look(Wait wait, TableRecord record, Stamp target) {
    try {
      Region own = record.description().arn().owner().region();
      List<Member> others = record.description().global().orElseThrow().others(own);
      if (others.stream().allMatch(other -> isReplicated(record, other.region(), target))) {
        tables.disassociated(record);
        targets.remove(wait);
        LOG.info("{} has left its global table and is a table of one region", wait.table());
      }
    } catch (PeerException unreachable) {
      LOG.debug("{} waits to be disassociated: {}", wait.table(), unreachable.getMessage());
    } finally {
      running.remove(wait);
    }
  }

  /** Returns whether what was written up to a stamp is durable in both regions. */
  private boolean isReplicated(TableRecord record, Region other, Stamp target) {
    if (report.durable(record.description(), other).compareTo(target) < 0) {
      return false;
    }
    Optional<Peer> peer = peers.to(other);
    return peer.isPresent()
        && peer.get()
            .tell(GroupMessage.to(other, record.description()))
            .filter(answer -> answer.sent().compareTo(target) >= 0)
            .isPresent();
  }
}
