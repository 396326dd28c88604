package org.ostraka.engine.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.Segment;

/**
 * Reads what is archived of one table: its state at a stamp, or its changes between two. One
 * thread.
 *
 * <p>Changes are held in memory while they are read. When there are too many, the table is read in
 * several parts, to which the hash of an item's key assigns it.
 */
public final class ArchivedTable {
  /** Keys are compared without their table. */
  private static final Space ANY = new Space(1);

  private final Archive archive;
  private final BackupRows rows;
  private final UUID id;
  private final TableKey key;
  private final long memoryBytes;
  private final BooleanSupplier stops;

  /**
   * Makes a reader.
   *
   * @param id the id of the table's chain
   * @param key the key of the table's items
   * @param memoryBytes how many bytes of changes are held at the same time
   * @param stops whether the reading is to end with an exception
   */
  public ArchivedTable(
      Store store,
      Archive archive,
      UUID id,
      TableKey key,
      long memoryBytes,
      BooleanSupplier stops) {
    this.archive = archive;
    this.rows = new BackupRows(store);
    this.id = id;
    this.key = key;
    this.memoryBytes = memoryBytes;
    this.stops = stops;
  }

  /**
   * Where the reading of a state goes on. Immutable.
   *
   * @param base the number of the base that is read
   * @param part the part that is read
   * @param parts the number of parts
   * @param segment the next segment of the base
   */
  public record Place(int base, int part, int parts, long segment) {
    Place nextPart(Base of) {
      return new Place(base, part + 1, parts, of.firstSegment());
    }

    public boolean isEnd() {
      return part >= parts;
    }
  }

  /**
   * Some items of a state, as they are stored.
   *
   * @param after where the reading goes on after them
   */
  public record Batch(Collection<Bytes> items, Place after) {}

  /**
   * What became of an item between two stamps.
   *
   * @param key the attributes of the item's key, as an item is stored
   * @param before the item before its first change
   * @param after the item after its last change
   * @param last the stamp of its last change
   */
  public record NetChange(Bytes key, Optional<Bytes> before, Optional<Bytes> after, Stamp last) {
    NetChange then(ChangeRecord change, Stamp stamp) {
      return new NetChange(key, before, change.after(), stamp);
    }
  }

  /** Returns whether all changes up to a stamp are archived. */
  public boolean isComplete(Stamp stamp) {
    return chain().complete().compareTo(stamp) >= 0;
  }

  /**
   * Returns where the state at a stamp begins; empty until everything is archived that it needs.
   *
   * @throws CorruptDataException when nothing is archived of the table any more
   */
  public Optional<Place> begin(Stamp stamp) {
    Chain chain = chain();
    Optional<Base> base = chain.baseFor(stamp);
    if (base.isEmpty() || chain.complete().compareTo(limit(base.get(), stamp)) < 0) {
      return Optional.empty();
    }
    Stamp limit = limit(base.get(), stamp);
    int parts = parts(segments(base.get().firstSegment(), each -> isUpTo(each, limit)));
    return Optional.of(new Place(base.get().number(), 0, parts, base.get().firstSegment()));
  }

  /** Opens the state at a stamp from a place on. */
  public StateReader read(Stamp stamp, Place place) {
    Base base =
        chain().bases().stream()
            .filter(each -> each.number() == place.base())
            .findFirst()
            .orElseThrow(() -> new CorruptDataException("a base of a chain is gone"));
    return new StateReader(base, stamp, place);
  }

  /** Returns the number of parts in which the changes from one stamp to before another are read. */
  public int partsOfChanges(Stamp from, Stamp to) {
    return parts(segments(0, each -> isWithin(each, from, to)));
  }

  /** Returns the net changes of a part, from one stamp to before another. */
  public Collection<NetChange> changes(Stamp from, Stamp to, int part, int parts) {
    Map<RowKey, NetChange> changed = new LinkedHashMap<>();
    for (ArchivedSegment segment : segments(0, each -> isWithin(each, from, to))) {
      for (ArchivedChange change : read(segment)) {
        if (change.stamp().compareTo(from) >= 0 && change.stamp().compareTo(to) < 0) {
          ChangeRecord record = ChangeRecord.of(change.value());
          RowKey row = rowKey(record.key());
          if (partOf(row, parts) == part) {
            changed.merge(
                row,
                new NetChange(record.key(), record.before(), record.after(), change.stamp()),
                (first, _) -> first.then(record, change.stamp()));
          }
        }
      }
    }
    return changed.values();
  }

  /** Reads the items of a state, some at a time. One thread. */
  public final class StateReader {
    private final Base base;
    private final Stamp stamp;
    private Place place;
    private Map<RowKey, Optional<Bytes>> changed;

    private StateReader(Base base, Stamp stamp, Place place) {
      this.base = base;
      this.stamp = stamp;
      this.place = place;
      this.changed = changed();
    }

    /** Returns the next items; empty at the end. */
    public Optional<Batch> next() {
      if (place.isEnd()) {
        return Optional.empty();
      }
      Optional<ArchivedSegment> segment = nextOfBase();
      if (segment.isPresent()) {
        List<Bytes> items = unchanged(segment.get());
        place = new Place(place.base(), place.part(), place.parts(), segment.get().number() + 1);
        return Optional.of(new Batch(items, place));
      }
      List<Bytes> rest = changed.values().stream().flatMap(Optional::stream).toList();
      place = place.nextPart(base);
      changed = place.isEnd() ? Map.of() : changed();
      return Optional.of(new Batch(rest, place));
    }

    private Optional<ArchivedSegment> nextOfBase() {
      try (BackupRows.Segments found = rows.segments(id, place.segment(), Direction.FORWARD)) {
        Optional<ArchivedSegment> next = found.next();
        while (next.isPresent() && !next.get().base().equals(OptionalInt.of(base.number()))) {
          next = found.next();
        }
        return next;
      }
    }

    /** Returns the items of a segment that belong to the part and are in no change. */
    private List<Bytes> unchanged(ArchivedSegment segment) {
      List<Bytes> items = new ArrayList<>();
      boolean all = changed.isEmpty() && place.parts() == 1;
      for (ArchivedChange row : ArchivedTable.this.read(segment)) {
        if (all || isUnchanged(row.value())) {
          items.add(row.value());
        }
      }
      return items;
    }

    private boolean isUnchanged(Bytes item) {
      RowKey row = rowKey(ItemKey.within(key, ItemEncoding.decode(item)));
      return partOf(row, place.parts()) == place.part() && !changed.containsKey(row);
    }

    /**
     * Returns what the changes say of the part's items at the stamp: the last image by then, or
     * else the one before the first change after it.
     */
    private Map<RowKey, Optional<Bytes>> changed() {
      Map<RowKey, Optional<Bytes>> found = new HashMap<>();
      Stamp limit = limit(base, stamp);
      for (ArchivedSegment segment : segments(base.firstSegment(), each -> isUpTo(each, limit))) {
        for (ArchivedChange change : ArchivedTable.this.read(segment)) {
          if (change.stamp().compareTo(limit) <= 0) {
            note(found, change);
          }
        }
      }
      return found;
    }

    private void note(Map<RowKey, Optional<Bytes>> found, ArchivedChange change) {
      ChangeRecord record = ChangeRecord.of(change.value());
      RowKey row = rowKey(record.key());
      if (partOf(row, place.parts()) != place.part()) {
        return;
      }
      if (change.stamp().compareTo(stamp) <= 0) {
        found.put(row, record.after());
      } else {
        found.putIfAbsent(row, record.before());
      }
    }
  }

  private Chain chain() {
    return rows.chain(id)
        .orElseThrow(() -> new CorruptDataException("nothing is archived of the table any more"));
  }

  /** Returns the stamp up to which changes count: see {@link RestoreJob.Phase}. */
  private static Stamp limit(Base base, Stamp stamp) {
    Stamp cut = base.cut().orElseThrow();
    return cut.compareTo(stamp) > 0 ? cut : stamp;
  }

  private static boolean isUpTo(ArchivedSegment segment, Stamp limit) {
    return segment.hasChanges() && segment.first().compareTo(limit) <= 0;
  }

  private static boolean isWithin(ArchivedSegment segment, Stamp from, Stamp to) {
    return segment.hasChanges()
        && segment.last().compareTo(from) >= 0
        && segment.first().compareTo(to) < 0;
  }

  private List<ArchivedSegment> segments(long from, Predicate<ArchivedSegment> isNeeded) {
    List<ArchivedSegment> needed = new ArrayList<>();
    try (BackupRows.Segments found = rows.segments(id, from, Direction.FORWARD)) {
      Optional<ArchivedSegment> next = found.next();
      while (next.isPresent()) {
        if (isNeeded.test(next.get())) {
          needed.add(next.get());
        }
        next = found.next();
      }
    }
    return needed;
  }

  private int parts(List<ArchivedSegment> segments) {
    long bytes = segments.stream().mapToLong(ArchivedSegment::sizeBytes).sum();
    return Math.toIntExact(Math.max(1, Math.ceilDiv(bytes, memoryBytes)));
  }

  private List<ArchivedChange> read(ArchivedSegment segment) {
    if (stops.getAsBoolean()) {
      throw new StorageFailedException("the server stops");
    }
    Segment read = Segment.read(archive, segment.name());
    if (read.records().size() != segment.records()) {
      throw new CorruptDataException(
          "object " + segment.name() + " of the archive has another number of records");
    }
    return read.records().stream().map(ArchivedChange::of).toList();
  }

  private RowKey rowKey(Bytes storedKey) {
    return rowKey(ItemEncoding.decode(storedKey));
  }

  private RowKey rowKey(Item keyItem) {
    return ItemKey.ofKey(ANY, key, keyItem);
  }

  /** Returns the part of an item; it is the same in every process. */
  private static int partOf(RowKey row, int parts) {
    int hash = 31 * row.partition().hashCode() + row.sort().hashCode();
    return Math.floorMod(hash ^ (hash >>> 15), parts);
  }
}
