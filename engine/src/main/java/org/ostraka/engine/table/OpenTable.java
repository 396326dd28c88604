package org.ostraka.engine.table;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.Space;

/** A table of the catalogue, as all requests share it. Any thread. */
public final class OpenTable {
  private final Clock clock;
  private final StampedLock uses = new StampedLock();
  private final SizeCount size;
  private final Map<IndexName, SizeCount> indexSizes = new ConcurrentHashMap<>();
  private volatile TableRecord record;
  private volatile boolean gone;

  OpenTable(TableRecord record, TableSize size, Clock clock) {
    this.record = record;
    this.clock = clock;
    this.size = new SizeCount(size);
    size.indexes().forEach((name, each) -> indexSizes.put(name, new SizeCount(each)));
  }

  /** The table's record now; nothing once the table is gone. */
  Optional<TableRecord> current() {
    return gone ? Optional.empty() : record.at(clock.instant());
  }

  /** The record as it was last stored. */
  TableRecord stored() {
    return record;
  }

  void replace(TableRecord next) {
    record = next;
  }

  TableSize size() {
    Map<IndexName, TableSize> indexes = new HashMap<>();
    indexSizes.forEach((name, count) -> indexes.put(name, count.size()));
    TableSize own = size.size();
    return new TableSize(own.itemCount(), own.sizeBytes(), indexes);
  }

  /** Begins to use the table's items, unless the table does not serve: then nothing. */
  Optional<Use> use() {
    long stamp = uses.readLock();
    Optional<TableRecord> now = current().filter(found -> serves(found.description().status()));
    if (now.isEmpty()) {
      uses.unlockRead(stamp);
      return Optional.empty();
    }
    return Optional.of(new Use(now.get(), stamp));
  }

  /** Lets nobody use the table any more, and waits for those who do. */
  void retire() {
    long stamp = uses.writeLock();
    gone = true;
    uses.unlockWrite(stamp);
  }

  private static boolean serves(TableStatus status) {
    return switch (status) {
      case ACTIVE, UPDATING -> true;
      case CREATING, DELETING -> false;
    };
  }

  /** One request's use of a table, which cannot go while it is used. The thread that began it. */
  public final class Use implements AutoCloseable {
    private final TableRecord record;
    private final long stamp;

    private Use(TableRecord record, long stamp) {
      this.record = record;
      this.stamp = stamp;
    }

    public TableName name() {
      return description().name();
    }

    public TableKey key() {
      return description().key();
    }

    /** Where the table's items lie. */
    public Space items() {
      return record.items();
    }

    /** The table's indexes, all of which follow its items. */
    public List<OpenIndex> indexes() {
      return description().indexes().stream()
          .map(index ->
              new OpenIndex(index, Objects.requireNonNull(record.indexes().get(index.name()))))
          .toList();
    }

    /** The index of this name, if the table has it. */
    public Optional<OpenIndex> index(String name) {
      return indexes().stream()
          .filter(open -> open.index().name().value().equals(name))
          .findFirst();
    }

    /** Counts what a write changed. */
    public void changed(int items, int bytes) {
      size.add(items, bytes);
    }

    /** Counts what a write changed in an index. */
    public void changed(IndexName index, int entries, int bytes) {
      indexSizes.computeIfAbsent(index, _ -> new SizeCount(TableSize.EMPTY)).add(entries, bytes);
    }

    @Override
    public void close() {
      uses.unlockRead(stamp);
    }

    private TableDescription description() {
      return record.description();
    }
  }
}
