package org.ostraka.engine.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.SegmentWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives rows and changes of tables: adds segments to chains. One thread.
 *
 * <p>An object is put into the archive first; then one decision adds it to the chain and moves the
 * reader. So a crash between the two leaves an object that no row names, and nothing is lost.
 */
final class ChainArchiving {
  private static final Logger LOG = LoggerFactory.getLogger(ChainArchiving.class);

  /** How much the stored stamp of an idle chain may be behind what is archived. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Store store;
  private final Archive archive;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final ArchiveSettings settings;
  private final BackupRows rows;
  private final LogReaders readers;
  private final LogHistories histories;
  private final Map<UUID, Target> targets = new HashMap<>();

  ChainArchiving(
      Store store, Archive archive, Clock clock, Supplier<UUID> ids, ArchiveSettings settings) {
    this.store = store;
    this.archive = archive;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
    this.rows = new BackupRows(store);
    this.readers = new LogReaders(store);
    this.histories = new LogHistories(store);
  }

  /** Begins to keep the table's changes for a chain, unless they are kept already. */
  void beginReading(Chain chain, List<Guard> guards) {
    if (chain.isContinuous()) {
      var _ =
          readers.begin(
              new LogReader(
                  chain.table(),
                  chain.reader(),
                  false,
                  chain.firstShard(),
                  Map.of(),
                  Set.of(),
                  LogReader.Losses.NONE,
                  Optional.empty()),
              guards);
    } else {
      // What was recorded before is in the rows, which are read after this.
      var _ = readers.begin(chain.table(), chain.reader(), false, LogReader.Start.NEWEST, guards);
    }
  }

  /** Ends keeping the table's changes for a chain. */
  void endReading(Chain chain, List<Guard> guards) {
    readers.remove(chain.table(), chain.reader(), guards);
  }

  /**
   * Reads the next rows of the newest base into a segment. The space must not be dropped meanwhile.
   *
   * @param items the space of the table's items
   * @return the chain afterwards
   */
  Chain scan(Chain chain, Space items, List<Guard> guards) {
    Base base = chain.newest();
    SegmentWriter segment = new SegmentWriter(name(chain));
    Stamp last = Stamp.ZERO;
    Optional<RowKey> after = base.after();
    long sizeBytes = 0;
    Wanted wanted = new Wanted(Integer.MAX_VALUE, settings.segmentBytes());
    try (Cursor cursor =
        store.scan(Range.OfSlice.after(items, base.after()), Consistency.STRONG, wanted)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        segment.add(ArchivedChange.encode(row.get()));
        sizeBytes += ItemEncoding.sizeBytes(row.get().value());
        Stamp stamp = row.get().version().stamp();
        last = stamp.compareTo(last) > 0 ? stamp : last;
        after = row.map(Row::key);
        row = segment.sizeBytes() < settings.segmentBytes() ? cursor.next() : Optional.empty();
      }
    }
    return segment.records() == 0
        ? cut(chain, guards)
        : add(
            chain,
            segment,
            new Scanned(base.advanced(after.orElseThrow(), segment.records(), sizeBytes), last),
            guards);
  }

  /** The base after a step of its scan, and the highest stamp of a row of the step. */
  private record Scanned(Base base, Stamp last) {}

  private Chain add(Chain chain, SegmentWriter segment, Scanned scanned, List<Guard> guards) {
    Bytes content = segment.finish();
    String name = segment.name();
    archive.put(name, content);
    Chain next = chain.withNewest(scanned.base(), 1);
    ArchivedSegment added =
        new ArchivedSegment(
            chain.id(),
            chain.nextSegment(),
            name,
            OptionalInt.of(scanned.base().number()),
            segment.records(),
            content.sizeBytes(),
            Stamp.ZERO,
            scanned.last());
    rows.write(guards, BackupRows.put(next), BackupRows.put(added));
    return next;
  }

  /**
   * Ends the scan of the newest base with a stamp that no row has exceeded which the scan has
   * shown.
   */
  private Chain cut(Chain chain, List<Guard> guards) {
    Stamp highest = Stamp.of(clock.instant());
    try (BackupRows.Segments segments =
        rows.segments(chain.id(), chain.newest().firstSegment(), Direction.FORWARD)) {
      Optional<ArchivedSegment> next = segments.next();
      while (next.isPresent()) {
        if (next.get().base().equals(OptionalInt.of(chain.newest().number()))) {
          highest = later(highest, next.get().last());
        }
        next = segments.next();
      }
    }
    RowKey key = BackupRows.chainKey(chain.id());
    Stamp seen = highest;
    return store.transact(
        List.of(key),
        guards,
        current -> {
          Stamp written = current.row(key).map(row -> row.version().stamp()).orElse(Stamp.ZERO);
          Chain next = chain.withNewest(chain.newest().complete(later(seen, written)), 0);
          return new Verdict<>(next, List.of(BackupRows.put(next)));
        });
  }

  private static Stamp later(Stamp one, Stamp other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * Archives changes.
   *
   * @param waits whether changes may wait for others
   * @return the chain afterwards
   */
  Chain archiveChanges(Chain chain, boolean waits, List<Guard> guards) {
    Stamp floor = store.floor();
    // First the history: the loss of a shard that it does not have any more is noted in the reader.
    LogHistory history = histories.of(chain.table());
    Optional<LogReader> reader = readers.find(chain.table(), chain.reader());
    if (reader.isEmpty()) {
      return chain;
    }
    if (reader.get().losses().areUntold()) {
      return startAgain(chain, reader.get(), history, guards);
    }
    UnreadChanges unread;
    try {
      unread = UnreadChanges.read(store, reader.get(), history, settings.segmentBytes());
    } catch (LogTrimmedException lost) {
      return startAgain(chain, reader.get(), history, guards);
    }
    Target target = targets.computeIfAbsent(chain.id(), _ -> target(floor, reader.get(), history));
    boolean isIdle = unread.records().isEmpty();
    if (isIdle ? mayRest(chain, floor, waits) : waits && mayWait(unread)) {
      return chain;
    }
    Stamp complete = Stamp.ZERO;
    if (unread.areAll()) {
      complete = floor;
      targets.remove(chain.id());
    } else if (target.isReached(unread.reader())) {
      complete = target.floor();
      targets.remove(chain.id());
    }
    return add(chain, unread, complete, guards);
  }

  /**
   * Positions up to which changes have to be archived so that all are up to a stamp. With it a
   * chain becomes complete even if clients always write faster than changes are read.
   *
   * @param floor the stamp; everything up to it is at or before these positions
   */
  private record Target(Stamp floor, Map<Space, Position> newest) {
    boolean isReached(LogReader reader) {
      return newest.entrySet().stream()
          .allMatch(shard ->
              reader.finished().contains(shard.getKey())
                  || reader.cursor(shard.getKey()).compareTo(shard.getValue()) >= 0);
    }
  }

  private Target target(Stamp floor, LogReader reader, LogHistory history) {
    Map<Space, Position> newest = new HashMap<>();
    for (LogHistory.Shard shard : history.shards()) {
      if (reader.needs(shard)) {
        newest.put(shard.space(), store.newest(shard.id()));
      }
    }
    return new Target(floor, newest);
  }

  private boolean mayWait(UnreadChanges unread) {
    Instant due = unread.first().moment().plus(settings.delay());
    return unread.areAll() && clock.instant().isBefore(due);
  }

  private static boolean mayRest(Chain chain, Stamp floor, boolean waits) {
    return waits && floor.moment().isBefore(chain.complete().moment().plus(IDLE));
  }

  private Chain add(Chain chain, UnreadChanges unread, Stamp complete, List<Guard> guards) {
    List<Write> writes = new ArrayList<>();
    Chain next = chain;
    if (!unread.records().isEmpty()) {
      SegmentWriter segment = new SegmentWriter(name(chain));
      for (LogRecord record : unread.records()) {
        segment.add(ArchivedChange.encode(record));
      }
      Bytes content = segment.finish();
      archive.put(segment.name(), content);
      writes.add(
          BackupRows.put(
              new ArchivedSegment(
                  chain.id(),
                  chain.nextSegment(),
                  segment.name(),
                  OptionalInt.empty(),
                  segment.records(),
                  content.sizeBytes(),
                  unread.first(),
                  unread.last())));
      next = chain.withChanges(content.sizeBytes());
    }
    next = next.completeTo(complete);
    writes.add(BackupRows.put(next));
    writes.add(LogReaders.write(unread.reader()));
    rows.write(guards, writes.toArray(Write[]::new));
    return next;
  }

  /** Begins the chain again, since changes were removed before they were archived. */
  private Chain startAgain(Chain chain, LogReader reader, LogHistory history, List<Guard> guards) {
    LOG.error(
        "changes of {} were removed before they could be archived: it can be restored to times from"
            + " now on only",
        chain.table());
    LogReader next = reader.with(reader.losses().told(reader.losses()));
    for (LogHistory.Shard shard : history.shards()) {
      Position oldest = store.oldest(shard.id());
      if (reader.needs(shard)) {
        next = next.delivered(shard.space(), oldest);
      }
    }
    Chain fresh = chain.startingAgain(clock.instant());
    rows.write(guards, BackupRows.put(fresh), LogReaders.write(next));
    return fresh;
  }

  private String name(Chain chain) {
    return ObjectNames.name(chain.id(), chain.nextSegment(), ids.get());
  }
}
