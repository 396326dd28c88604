package org.ostraka.engine.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.model.Principal;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;

/**
 * Makes backups, and archives the changes of tables that are recoverable to any point in time. One
 * thread at a time; {@link #stop} may be called by any.
 */
public final class Archiver {
  /** How long the archiver waits between two looks for what is no longer needed. */
  private static final Duration CLEANING = Duration.ofMinutes(10);

  private final Store store;
  private final Catalogue catalogue;
  private final Clock clock;
  private final StreamSettings streams;
  private final ChainReaders others;
  private final ArchiveSettings settings;
  private final BackupRows rows;
  private final ChainArchiving archiving;
  private final ArchiveCleaning cleaning;
  private volatile boolean stopped;
  private Instant nextCleaning = Instant.MIN;

  /**
   * Makes an archiver.
   *
   * @param ids makes unique ids
   * @param others who reads what is archived, beside the restoring of tables
   */
  public Archiver(
      Store store,
      Archive archive,
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      StreamSettings streams,
      ChainReaders others) {
    this(store, archive, catalogue, clock, ids, streams, others, ArchiveSettings.DEFAULT);
  }

  Archiver(
      Store store,
      Archive archive,
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      StreamSettings streams) {
    this(store, archive, catalogue, clock, ids, streams, ArchiveSettings.DEFAULT);
  }

  /** Makes an archiver whose archive nobody else reads. */
  Archiver(
      Store store,
      Archive archive,
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      StreamSettings streams,
      ArchiveSettings settings) {
    this(store, archive, catalogue, clock, ids, streams, ChainReaders.NONE, settings);
  }

  private Archiver(
      Store store,
      Archive archive,
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      StreamSettings streams,
      ChainReaders others,
      ArchiveSettings settings) {
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
    this.streams = streams;
    this.others = others;
    this.settings = settings;
    this.rows = new BackupRows(store);
    this.archiving = new ChainArchiving(store, archive, clock, ids, settings);
    this.cleaning = new ArchiveCleaning(store, archive, catalogue, clock, ids, others);
  }

  /** Stops {@link #run} after the step in progress. */
  public void stop() {
    stopped = true;
  }

  /**
   * Does what there is to do, if archiving is this server's duty. The failure of a table does not
   * stop the others; the first failure is thrown at the end.
   */
  public void run() {
    Map<UUID, RuntimeException> failures = new HashMap<>();
    while (!stopped && step(failures)) {
      // Each step is some decisions of its own.
    }
    failures.values().stream()
        .findFirst()
        .ifPresent(first -> {
          throw first;
        });
  }

  /** Returns what is not archived yet, in words for the log; empty when there is nothing. */
  public String waiting() {
    List<Chain> chains = rows.chains();
    long backups =
        chains.stream().filter(each -> !each.isContinuous() && !isComplete(each)).count();
    List<Chain> continuous = chains.stream().filter(Chain::isContinuous).toList();
    List<String> waiting = new ArrayList<>();
    if (backups > 0) {
      waiting.add("backups in progress: " + backups);
    }
    continuous.stream()
        .map(each -> each.complete().equals(Stamp.ZERO) ? each.since() : each.complete().moment())
        .min(Comparator.naturalOrder())
        .ifPresent(oldest ->
            waiting.add(
                "tables with point-in-time recovery: "
                    + continuous.size()
                    + ", archived up to "
                    + oldest.truncatedTo(ChronoUnit.SECONDS)));
    return String.join("; ", waiting);
  }

  /** Takes each chain one step further; returns whether there is more to do at once. */
  boolean step(Map<UUID, RuntimeException> failures) {
    return catalogue.hold(Duty.ARCHIVING).filter(held -> pass(held, failures)).isPresent();
  }

  private boolean pass(List<Guard> guards, Map<UUID, RuntimeException> failures) {
    boolean more = false;
    try {
      beginContinuous(guards);
      List<Chain> chains = rows.chains();
      if (!chains.isEmpty()) {
        cleaning.claim(guards);
      }
      for (Chain chain : chains) {
        if (!stopped && !failures.containsKey(chain.id())) {
          more |= step(chain, guards, failures);
        }
      }
      Instant now = clock.instant();
      if (!more && !now.isBefore(nextCleaning)) {
        cleaning.run(guards);
        nextCleaning = now.plus(CLEANING);
      }
    } catch (GuardMismatchException _) {
      // This server's term has ended: another server has the duty now.
      return false;
    }
    return more;
  }

  private boolean step(Chain chain, List<Guard> guards, Map<UUID, RuntimeException> failures) {
    try {
      return chain.isContinuous() ? continuous(chain, guards) : once(chain, guards);
    } catch (StorageException failure) {
      failures.put(chain.id(), failure);
      return false;
    }
  }

  /** Begins the chains of tables for which recovery was enabled. */
  private void beginContinuous(List<Guard> guards) {
    Set<UUID> known = new HashSet<>();
    for (Chain chain : rows.chains()) {
      known.add(chain.id());
    }
    for (TableRecord record :
        catalogue.records(each -> each.recovery().pointInTime().isPresent())) {
      Recovery.PointInTime on = record.recovery().pointInTime().orElseThrow();
      if (!known.contains(on.chain())) {
        rows.write(
            guards,
            BackupRows.put(
                Chain.begin(
                    on.chain(),
                    record.description().arn(),
                    record.description().id(),
                    true,
                    on.enabled(),
                    on.firstShard())));
      }
    }
  }

  /** Takes a step for a backup; returns whether there is more to do at once. */
  private boolean once(Chain chain, List<Guard> guards) {
    Optional<Backup> made = backup(chain);
    if (made.isEmpty() || made.get().stamp().isPresent()) {
      if (made.isEmpty()) {
        release(chain, guards);
        if (cleaning.isFree(chain)) {
          cleaning.remove(chain, guards);
        }
      }
      return false;
    }
    Optional<TableRecord> record = record(chain);
    boolean isWhole = isComplete(chain);
    if (record.isEmpty() && !isWhole) {
      rows.delete(guards, List.of(BackupRows.key(made.get().arn())));
      return true;
    }
    if (!isWhole) {
      hold(chain, record.orElseThrow(), guards);
      return !advance(chain, record.orElseThrow(), guards).equals(chain);
    }
    release(chain, guards);
    Base base = chain.newest();
    rows.update(made.get().available(base.cut().orElseThrow(), base.sizeBytes()), guards);
    return false;
  }

  /** Returns whether a chain has a base and all changes up to its cut. */
  private static boolean isComplete(Chain chain) {
    return chain.newest().cut().filter(cut -> chain.complete().compareTo(cut) >= 0).isPresent();
  }

  /** Makes sure that the table records its changes for a chain, and is not dropped meanwhile. */
  private void hold(Chain chain, TableRecord record, List<Guard> guards) {
    if (!record.recovery().holds().contains(chain.id())) {
      BackupStart.hold(catalogue, chain, streams, clock.instant());
    }
    archiving.beginReading(chain, guards);
  }

  private void release(Chain chain, List<Guard> guards) {
    archiving.endReading(chain, guards);
    if (record(chain).filter(record -> record.recovery().holds().contains(chain.id())).isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    try {
      var _ =
          catalogue.changeWithSpace(
              Principal.Service.SERVER,
              chain.table(),
              record ->
                  space ->
                      StreamChange.withNeededShards(
                          record.withRecovery(record.recovery().withoutHold(chain.id())),
                          space,
                          streams,
                          now));
    } catch (ResourceNotFoundException _) {
      // The table was deleted meanwhile.
    }
  }

  /** Takes a step of scanning and archiving, and returns the chain after it. */
  private Chain advance(Chain chain, TableRecord record, List<Guard> guards) {
    Chain next = chain;
    if (next.newest().cut().isEmpty()) {
      next = archiving.scan(next, record.items(), guards);
    }
    return next.isContinuous() || next.newest().cut().isPresent()
        ? archiving.archiveChanges(next, mayWait(next), guards)
        : next;
  }

  /** Returns whether nobody waits for the changes of a chain. */
  private boolean mayWait(Chain chain) {
    return (isComplete(chain) || chain.bases().size() > 1)
        && others
            .awaited(chain.id())
            .filter(stamp -> chain.complete().compareTo(stamp) < 0)
            .isEmpty();
  }

  private boolean continuous(Chain chain, List<Guard> guards) {
    Optional<TableRecord> record = record(chain).filter(found -> isOf(chain, found));
    if (record.isEmpty()) {
      if (backup(chain).isEmpty() && cleaning.isFree(chain)) {
        archiving.endReading(chain, guards);
        cleaning.remove(chain, guards);
      }
      return false;
    }
    archiving.beginReading(chain, guards);
    if (record.get().description().status() == TableStatus.DELETING) {
      return deleting(chain, record.get(), guards);
    }
    Chain next = advance(withBase(chain), record.get(), guards);
    boolean isBehind =
        next.nextSegment() > chain.nextSegment() && next.complete().equals(chain.complete());
    return next.newest().cut().isEmpty() || isBehind || !isReady(next);
  }

  /** Returns whether a chain has the state at its first cut. */
  private static boolean isReady(Chain chain) {
    return chain.firstCut().filter(cut -> chain.complete().compareTo(cut) >= 0).isPresent();
  }

  private static boolean isOf(Chain chain, TableRecord record) {
    return record.recovery().pointInTime().filter(on -> on.chain().equals(chain.id())).isPresent();
  }

  /** Returns the chain with a new base if one is due. */
  private Chain withBase(Chain chain) {
    Base newest = chain.newest();
    boolean isOld =
        newest
            .cut()
            .filter(cut -> {
              Instant due = cut.moment().plus(settings.betweenBases());
              return !clock.instant().isBefore(due)
                  || chain.changesSinceBase()
                      > Math.max(settings.minChangesBytes(), newest.sizeBytes());
            })
            .isPresent();
    return isOld && isComplete(chain) ? chain.withNewBase() : chain;
  }

  /** Makes the SYSTEM backup of a table that is being deleted. */
  private boolean deleting(Chain chain, TableRecord record, List<Guard> guards) {
    Stamp now = store.floor();
    Chain next = chain;
    if (next.firstCut().isEmpty()) {
      next = archiving.scan(next, record.items(), guards);
    } else {
      next = archiving.archiveChanges(next, false, guards);
    }
    if (!isReady(next) || next.complete().compareTo(now) < 0) {
      return true;
    }
    if (backup(chain).isEmpty()) {
      Backup backup =
          BackupStart.ofDeletedTable(
              catalogue.describe(chain.table()).orElseThrow(), record, next, clock.instant());
      rows.write(guards, BackupRows.put(backup));
    }
    release(chain, guards);
    return false;
  }

  /** Returns the backup whose items a chain has. */
  private Optional<Backup> backup(Chain chain) {
    return rows.backups(chain.table().owner()).stream()
        .filter(backup -> backup.chain().equals(chain.id()))
        .findFirst();
  }

  /** Returns the record of a chain's table; empty when that table is gone. */
  private Optional<TableRecord> record(Chain chain) {
    return catalogue
        .record(chain.table())
        .filter(record -> record.description().id().equals(chain.tableId()));
  }
}
