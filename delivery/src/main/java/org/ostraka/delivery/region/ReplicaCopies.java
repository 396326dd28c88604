package org.ostraka.delivery.region;

import java.util.List;
import java.util.Optional;
import org.ostraka.delivery.BackOff;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.CopyPlace;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.engine.region.TableCopy;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of tables to other regions. Each stores its place with the reader that sends the changes
 * since, and goes on there after an interruption; a copy whose reader has lost changes begins anew.
 * Any thread.
 */
final class ReplicaCopies {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaCopies.class);

  /** The number of failures in a row after which a copy is interrupted. */
  private static final int MAX_FAILURES = 20;

  private final Store store;
  private final Catalogue catalogue;
  private final GlobalTables tables;
  private final LogReaders readers;
  private final BackOff backOff;

  ReplicaCopies(Store store, Catalogue catalogue, GlobalTables tables, BackOff backOff) {
    this.store = store;
    this.catalogue = catalogue;
    this.tables = tables;
    this.readers = new LogReaders(store);
    this.backOff = backOff;
  }

  /** Makes the next copy for a reader begin anew, since changes of rows that it has may be lost. */
  void lost(TableArn table, String reader) {
    // Without the duty the loss is not noted as told either: who delivers next is told again.
    catalogue
        .hold(Duty.DELIVERY)
        .ifPresent(guards ->
            readers.change(table, reader, guards, stored -> stored.withCopy(Optional.empty())));
  }

  /**
   * Copies a replica's rows to another region until that has all of them, or cannot be reached.
   *
   * @param name the reader that sends the changes since
   */
  void run(TableRecord record, Region to, String name, Peer peer) {
    TableArn table = record.description().arn();
    Optional<LogReader> reader = readers.find(table, name);
    Optional<Member> member = record.description().global().flatMap(it -> it.member(to));
    if (reader.isEmpty() || member.isEmpty()) {
      return;
    }
    try {
      TableCopy copy = new TableCopy(store, catalogue, record, to, peer, reader.get().copy());
      new Run(record, reader.get(), copy, member.get()).run();
    } catch (GuardMismatchException _) {
      LOG.info("another server copies {} to {} now", table, to);
    } catch (PeerException | StorageException failed) {
      LOG.debug("copying {} to {} goes on later: {}", table, to, failed.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** One copy. One thread. */
  private final class Run {
    private final TableRecord record;
    private final LogReader reader;
    private final TableCopy copy;
    private Member member;
    private Optional<CopyPlace> stored;

    private Run(TableRecord record, LogReader reader, TableCopy copy, Member member) {
      this.record = record;
      this.reader = reader;
      this.copy = copy;
      this.member = member;
      this.stored = reader.copy();
    }

    private void run() throws InterruptedException {
      TableCopy.Progress progress = TableCopy.Progress.GOES_ON;
      while (progress == TableCopy.Progress.GOES_ON && store(Optional.of(copy.place()))) {
        progress = step();
      }
      if (progress == TableCopy.Progress.DONE) {
        finish();
      }
    }

    /** Takes a step, and again when it fails or the other region does not take it. */
    private TableCopy.Progress step() throws InterruptedException {
      int failures = 0;
      while (isStillWanted() && failures < MAX_FAILURES) {
        try {
          TableCopy.Progress progress = copy.step();
          if (progress != TableCopy.Progress.WAITS) {
            return progress;
          }
        } catch (PeerException unreachable) {
          LOG.debug("a copy waits: {}", unreachable.getMessage());
        }
        failures++;
        backOff.await(failures);
      }
      return TableCopy.Progress.WAITS;
    }

    private boolean isStillWanted() {
      Optional<Member> now = tables.still(record, member);
      now.ifPresent(each -> member = each);
      return now.isPresent() && catalogue.hold(Duty.DELIVERY).isPresent();
    }

    /** Stores the place; returns false when changes were lost, or another server copies now. */
    private boolean store(Optional<CopyPlace> place) {
      if (place.equals(stored)) {
        return true;
      }
      Optional<List<Guard>> guards = catalogue.hold(Duty.DELIVERY);
      boolean moved = guards.isPresent() && readers.moveCopy(reader, stored, place, guards.get());
      stored = place;
      return moved;
    }

    /** Changes that are lost until the place is removed make the table be copied again. */
    private void finish() {
      tables.copied(record, member);
      if (store(Optional.empty())) {
        LOG.info("{} was copied to {}", reader.table(), member.region());
      } else {
        tables.lost(record, member.region());
      }
    }
  }
}
