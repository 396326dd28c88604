package org.ostraka.delivery.region;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.region.Disassociation;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.GroupMessage;
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
 * was written to it before the wait, and it has what was written to them. A replica that is removed
 * meanwhile has its usual time to send its last changes. The others notice that a replica has left
 * when they speak to it next. One thread calls; the waits go on in others.
 */
final class Disassociations {
  private static final Logger LOG = LoggerFactory.getLogger(Disassociations.class);

  private final GlobalTables tables;
  private final Peers peers;
  private final StoredProgress progress;
  private final Executor executor;
  private final Map<Target, Stamp> targets = new ConcurrentHashMap<>();
  private final Set<Wait> running = ConcurrentHashMap.newKeySet();

  /** A replica's wait, since an edition of its setting. */
  private record Wait(TableArn table, Edition since) {}

  /** The way of the changes that a wait is for. Each region has stamps of its own clock. */
  private record Target(Wait pending, Region from, Region to) {}

  /**
   * Makes the waits, of which there are none yet.
   *
   * @param executor runs what may wait for another region
   */
  Disassociations(GlobalTables tables, Peers peers, StoredProgress progress, Executor executor) {
    this.tables = tables;
    this.peers = peers;
    this.progress = progress;
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
    if (running.add(wait)) {
      executor.execute(() -> look(wait, record));
    }
  }

  private void look(Wait wait, TableRecord record) {
    try {
      Region own = record.description().arn().owner().region();
      List<Member> others = record.description().global().orElseThrow().others(own);
      if (!tables.isBusy(record)
          && others.stream().allMatch(other -> isReplicated(wait, record, other.region()))) {
        tables.disassociated(record);
        targets.keySet().removeIf(target -> target.pending().equals(wait));
        LOG.info("{} has left its global table and is a table of one region", wait.table());
      }
    } catch (PeerException unreachable) {
      LOG.debug("{} waits to be disassociated: {}", wait.table(), unreachable.getMessage());
    } finally {
      running.remove(wait);
    }
  }

  /** Returns whether what was written before the wait in both regions is durable in both. */
  private boolean isReplicated(Wait wait, TableRecord record, Region other) {
    Region own = record.description().arn().owner().region();
    boolean sent =
        isReached(new Target(wait, own, other), progress.of(record.description(), other));
    return peers
        .to(other)
        .flatMap(peer -> peer.tell(GroupMessage.to(other, record.description())))
        .filter(answer -> isReached(new Target(wait, other, own), answer.progress()) && sent)
        .isPresent();
  }

  /**
   * Returns whether what was written when this was first asked is durable. A restart begins anew:
   * the wait is longer then, never too short.
   */
  private boolean isReached(Target target, GroupMessage.Progress now) {
    if (now.written().equals(Stamp.ZERO)) {
      return false;
    }
    Stamp written = targets.computeIfAbsent(target, _ -> now.written());
    return now.sent().compareTo(written) >= 0;
  }
}
