package org.ostraka.engine.table;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.StampedLock;
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
  private final LongAdder itemCount = new LongAdder();
  private final LongAdder sizeBytes = new LongAdder();
  private volatile TableRecord record;
  private volatile boolean gone;

  OpenTable(TableRecord record, TableSize size, Clock clock) {
    this.record = record;
    this.clock = clock;
    itemCount.add(size.itemCount());
    sizeBytes.add(size.sizeBytes());
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
    return new TableSize(Math.max(0, itemCount.sum()), Math.max(0, sizeBytes.sum()));
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

    /** Counts what a write changed. */
    public void changed(int items, int bytes) {
      itemCount.add(items);
      sizeBytes.add(bytes);
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
