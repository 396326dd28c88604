package org.ostraka.engine.backup;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.ConditionalPut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes from the archive what is no longer needed. One thread. */
final class ArchiveCleaning {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveCleaning.class);

  private final Store store;
  private final Archive archive;
  private final Catalogue catalogue;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final ChainReaders others;
  private final BackupRows rows;

  /** What the archive says of its owner, once this store has it. */
  private Optional<Bytes> claim = Optional.empty();

  ArchiveCleaning(
      Store store,
      Archive archive,
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      ChainReaders others) {
    this.others = others;
    this.store = store;
    this.archive = archive;
    this.catalogue = catalogue;
    this.clock = clock;
    this.ids = ids;
    this.rows = new BackupRows(store);
  }

  /**
   * Makes sure that the archive belongs to this store and to no other one, whose objects would be
   * removed as unknown.
   *
   * @throws StorageFailedException when it belongs to another store
   */
  void claim(List<Guard> guards) {
    if (claim.isPresent()) {
      return;
    }
    Bytes fresh = Bytes.wrap(ids.get().toString().getBytes(StandardCharsets.US_ASCII));
    Optional<Bytes> owner = archive.read(ObjectNames.OWNER);
    Bytes own =
        store.transact(
            List.of(BackupRows.ARCHIVE_ID),
            guards,
            current ->
                current
                    .row(BackupRows.ARCHIVE_ID)
                    .map(row -> Verdict.unchanged(row.value()))
                    .orElseGet(() ->
                        new Verdict<>(
                            fresh, List.of(new Write.Put(BackupRows.ARCHIVE_ID, fresh)))));
    if (owner.isEmpty()
        && archive.putIfAbsent(ObjectNames.OWNER, own) == ConditionalPut.STORED_UNCHECKED) {
      LOG.warn(
          "the archive has no conditional writes, so it cannot tell whether another server has"
              + " claimed it at the same time; the one that claimed it first would lose objects");
    }
    // Another server may have claimed the archive since it was read.
    requireOwner(own);
    claim = Optional.of(own);
  }

  private void requireOwner(Bytes own) {
    if (!archive.read(ObjectNames.OWNER).equals(Optional.of(own))) {
      claim = Optional.empty();
      throw new StorageFailedException(
          "the archive belongs to the data of another server, or to this data before a repair that"
              + " may have lost names of its objects: remove object "
              + ObjectNames.OWNER
              + " of the archive when this server may remove what its data does not name");
    }
  }

  /** Removes expired backups, changes that are too old, and objects that no row names. */
  void run(List<Guard> guards) {
    Instant now = clock.instant();
    for (Backup backup : rows.backups()) {
      if (backup.isExpired(now) && isFree(backup.chain())) {
        rows.delete(guards, List.of(BackupRows.key(backup.arn())));
      }
    }
    claim.ifPresent(own -> removeUnknown(own, guards));
    for (Chain chain : rows.chains()) {
      if (chain.isContinuous() && isFree(chain)) {
        catalogue
            .record(chain.table())
            .flatMap(record -> record.recovery().pointInTime())
            .filter(on -> on.chain().equals(chain.id()))
            .ifPresent(on -> prune(chain, on, now, guards));
      }
    }
  }

  /** Returns whether no table is being restored or exported from a chain. */
  boolean isFree(Chain chain) {
    return isFree(chain.id());
  }

  /** A table may be in its state of being restored before there is a job for it. */
  private boolean isFree(UUID chain) {
    return others.awaited(chain).isEmpty()
        && rows.jobs().stream().noneMatch(job -> job.chain().equals(chain))
        && catalogue
            .records(record ->
                record
                    .recovery()
                    .restoration()
                    .filter(from -> from.chain().equals(chain))
                    .isPresent())
            .isEmpty();
  }

  /** Removes bases and changes that no time of the window needs. */
  private void prune(Chain chain, Recovery.PointInTime on, Instant now, List<Guard> guards) {
    Stamp start = Stamp.of(Windows.earliest(on, chain.since(), now));
    Optional<Base> oldest = chain.baseFor(start);
    if (oldest.isEmpty() || oldest.get().equals(chain.bases().getFirst())) {
      return;
    }
    rows.write(guards, BackupRows.put(chain.withoutBasesBefore(oldest.get())));
    long first = oldest.get().firstSegment();
    removeSegments(chain, guards, segment -> segment.number() < first);
  }

  /** Removes a chain with all of its segments. */
  void remove(Chain chain, List<Guard> guards) {
    removeSegments(chain, guards, _ -> true);
    rows.delete(guards, List.of(BackupRows.chainKey(chain.id())));
  }

  private void removeSegments(
      Chain chain, List<Guard> guards, Predicate<ArchivedSegment> isUnneeded) {
    List<RowKey> keys = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    try (BackupRows.Segments segments = rows.segments(chain.id(), 0, Direction.FORWARD)) {
      Optional<ArchivedSegment> next = segments.next();
      while (next.filter(isUnneeded).isPresent()) {
        keys.add(BackupRows.segmentKey(chain.id(), next.get().number()));
        objects.add(next.get().name());
        next = segments.next();
      }
    }
    rows.delete(guards, keys);
    objects.forEach(archive::delete);
  }

  /**
   * Removes objects that no row names. The archive is listed before the rows are read: an object
   * whose row is written later by this server is not in the list, and no other server may write
   * rows. This server may have stood still and have lost the duty, so that another one has stored
   * an object and not yet its row: that it still has the duty is verified after both.
   */
  private void removeUnknown(Bytes own, List<Guard> guards) {
    List<String> objects = archive.list(ObjectNames.CHAINS);
    if (objects.isEmpty()) {
      return;
    }
    requireOwner(own);
    Set<String> known = new HashSet<>();
    for (Chain chain : rows.chains()) {
      try (BackupRows.Segments segments = rows.segments(chain.id(), 0, Direction.FORWARD)) {
        Optional<ArchivedSegment> next = segments.next();
        while (next.isPresent()) {
          known.add(next.get().name());
          next = segments.next();
        }
      }
    }
    var _ = store.transact(List.of(BackupRows.ARCHIVE_ID), guards, _ -> Verdict.unchanged(true));
    long removed = 0;
    for (String name : objects) {
      if (!known.contains(name)) {
        archive.delete(name);
        removed++;
      }
    }
    if (removed > 0) {
      LOG.info("{} objects of the archive that belonged to no backup are removed", removed);
    }
  }
}
