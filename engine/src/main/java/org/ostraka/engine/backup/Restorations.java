package org.ostraka.engine.backup;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemDecision;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.table.NewTable;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Principal;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.Segment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills tables that are being restored. One thread at a time; {@link #stop} may be called by any.
 *
 * <p>Each decision writes some items, their index rows, and how far the job has come. So a stop
 * loses at most the decision in progress.
 */
public final class Restorations {
  private static final Logger LOG = LoggerFactory.getLogger(Restorations.class);

  /** The maximum number of items that one decision writes. */
  private static final int MAX_ITEMS = 256;

  /** The bytes of items after which a decision takes no further item. */
  private static final long MAX_BYTES = 1 << 20;

  private final Store store;
  private final Archive archive;
  private final Catalogue catalogue;
  private final Clock clock;
  private final EngineSettings settings;
  private final BackupRows rows;
  private volatile boolean stopped;

  public Restorations(
      Store store, Archive archive, Catalogue catalogue, Clock clock, EngineSettings settings) {
    this.store = store;
    this.archive = archive;
    this.catalogue = catalogue;
    this.clock = clock;
    this.settings = settings;
    this.rows = new BackupRows(store);
  }

  /** Stops {@link #run} after the decision in progress. */
  public void stop() {
    stopped = true;
  }

  /**
   * Fills all tables that are being restored, if archiving is this server's duty. The failure of
   * one does not stop the others; the first failure is thrown at the end.
   */
  public void run() {
    Optional<StorageException> failure = Optional.empty();
    for (RestoreJob job : jobs()) {
      try {
        run(job);
      } catch (CorruptDataException damage) {
        LOG.error("table {} cannot be restored: {}", job.target(), damage.getMessage());
        abandon(job);
      } catch (GuardMismatchException _) {
        // The table has changed, or another server has taken over: the next run sees.
      } catch (StorageException failed) {
        failure = failure.or(() -> Optional.of(failed));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Returns all jobs, after beginning those that a stop has prevented from beginning. */
  private List<RestoreJob> jobs() {
    Optional<List<Guard>> held = catalogue.hold(Duty.ARCHIVING);
    if (held.isEmpty()) {
      return List.of();
    }
    for (TableRecord record :
        catalogue.records(each -> each.recovery().restoration().isPresent())) {
      rows.begin(RestoreJob.begin(record), held.get());
    }
    return rows.jobs();
  }

  /** Removes a table that cannot be filled: it would have wrong items, or be empty. */
  private void abandon(RestoreJob job) {
    if (target(job).isPresent()) {
      var _ =
          catalogue.changeWithSpace(
              Principal.Service.SERVER, job.target(), record -> _ -> given(record, job));
    }
  }

  private TableRecord given(TableRecord record, RestoreJob job) {
    boolean isOfJob = record.description().id().equals(job.targetId());
    return isOfJob
        ? record
            .withRecovery(record.recovery().withRestoration(Optional.empty()))
            .vanishing(clock.instant())
        : record;
  }

  private void run(RestoreJob job) {
    RestoreJob now = job;
    boolean more = true;
    while (more && !stopped) {
      Optional<List<Guard>> held = catalogue.hold(Duty.ARCHIVING);
      if (held.isEmpty()) {
        return;
      }
      if (isOver(now)) {
        finish(now, held.get());
        return;
      }
      RestoreJob next = now.progress().isEmpty() ? begin(now, held.get()) : step(now, held.get());
      more = !next.equals(now);
      now = next;
    }
  }

  /** Returns whether a job is done, or its table is gone. */
  private boolean isOver(RestoreJob job) {
    return isDone(job) || target(job).isEmpty();
  }

  private static boolean isDone(RestoreJob job) {
    return job.progress().filter(progress -> progress.phase() == RestoreJob.Phase.DONE).isPresent();
  }

  private Optional<TableRecord> target(RestoreJob job) {
    return catalogue
        .record(job.target())
        .filter(record ->
            record.description().id().equals(job.targetId())
                && record.recovery().restoration().isPresent());
  }

  /** Chooses the base once the chain has everything up to the stamp. */
  private RestoreJob begin(RestoreJob job, List<Guard> guards) {
    Optional<Chain> chain = rows.chain(job.chain());
    if (chain.isEmpty()) {
      throw new CorruptDataException("table " + job.target() + " is restored from nothing");
    }
    Optional<Base> base = chain.get().baseFor(job.stamp());
    Stamp last = base.flatMap(Base::cut).map(cut -> later(cut, job.stamp())).orElse(job.stamp());
    if (base.isEmpty() || chain.get().complete().compareTo(last) < 0) {
      return job;
    }
    RestoreJob next =
        job.at(
            new RestoreJob.Progress(
                base.get().number(), RestoreJob.Phase.BASE, base.get().firstSegment(), 0));
    rows.write(guards, BackupRows.put(next));
    LOG.info("table {} is being restored", job.target());
    return next;
  }

  private static Stamp later(Stamp one, Stamp other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Carries out one segment's rest of a job. */
  private RestoreJob step(RestoreJob job, List<Guard> guards) {
    RestoreJob.Progress progress = job.progress().orElseThrow();
    Chain chain =
        rows.chain(job.chain())
            .orElseThrow(() -> new CorruptDataException("the items of a backup are gone"));
    Base base =
        chain.bases().stream()
            .filter(each -> each.number() == progress.base())
            .findFirst()
            .orElseThrow(() -> new CorruptDataException("a base of a chain is gone"));
    Optional<ArchivedSegment> segment = next(job, progress, base);
    if (segment.isEmpty()) {
      return advance(job, progress, chain, base, guards);
    }
    List<Wanted> wanted = wanted(job, progress, base, segment.get());
    RestoreJob now = job;
    long done = segment.get().number() == progress.segment() ? progress.record() : 0;
    while (done < wanted.size() && !stopped) {
      now = write(now, segment.get(), wanted, Math.toIntExact(done), guards);
      done = now.progress().orElseThrow().record();
    }
    if (done < wanted.size()) {
      return now;
    }
    long following =
        progress.phase() == RestoreJob.Phase.BACKWARD
            ? segment.get().number() - 1
            : segment.get().number() + 1;
    RestoreJob next =
        now.at(new RestoreJob.Progress(progress.base(), progress.phase(), following, 0));
    rows.write(guards, BackupRows.put(next));
    return next;
  }

  /** Returns the segment at which a job goes on; empty at the end of its phase. */
  private Optional<ArchivedSegment> next(RestoreJob job, RestoreJob.Progress progress, Base base) {
    boolean back = progress.phase() == RestoreJob.Phase.BACKWARD;
    if (back && progress.segment() < base.firstSegment()) {
      return Optional.empty();
    }
    try (BackupRows.Segments segments =
        back
            ? rows.segmentsBackTo(job.chain(), base.firstSegment(), progress.segment())
            : rows.segments(job.chain(), progress.segment(), Direction.FORWARD)) {
      Optional<ArchivedSegment> next = segments.next();
      while (next.isPresent() && !isNeeded(job, progress, base, next.get())) {
        next = segments.next();
      }
      return next;
    }
  }

  private static boolean isNeeded(
      RestoreJob job, RestoreJob.Progress progress, Base base, ArchivedSegment segment) {
    Stamp cut = base.cut().orElseThrow();
    return switch (progress.phase()) {
      case BASE -> segment.base().equals(OptionalInt.of(base.number()));
      case FORWARD ->
          segment.hasChanges() && segment.first().compareTo(later(cut, job.stamp())) <= 0;
      case BACKWARD ->
          segment.hasChanges()
              && segment.first().compareTo(cut) <= 0
              && segment.last().compareTo(job.stamp()) > 0;
      case DONE -> false;
    };
  }

  /** Begins the next phase of a job. */
  private RestoreJob advance(
      RestoreJob job, RestoreJob.Progress progress, Chain chain, Base base, List<Guard> guards) {
    RestoreJob.Phase phase =
        switch (progress.phase()) {
          case BASE -> RestoreJob.Phase.FORWARD;
          case FORWARD ->
              job.stamp().compareTo(base.cut().orElseThrow()) < 0
                  ? RestoreJob.Phase.BACKWARD
                  : RestoreJob.Phase.DONE;
          case BACKWARD, DONE -> RestoreJob.Phase.DONE;
        };
    long segment =
        phase == RestoreJob.Phase.BACKWARD ? chain.nextSegment() - 1 : base.firstSegment();
    RestoreJob next = job.at(new RestoreJob.Progress(base.number(), phase, segment, 0));
    rows.write(guards, BackupRows.put(next));
    return next;
  }

  /**
   * A change to make.
   *
   * @param key the key of the item; absent when the item tells
   * @param item the item as it shall be; absent to remove it
   */
  private record Wanted(Optional<Bytes> key, Optional<Bytes> item) {
    int sizeBytes() {
      return item.map(Bytes::sizeBytes).orElse(0);
    }

    ItemWrite write(TableUse table) {
      Optional<Item> whole = item.map(ItemEncoding::decode);
      Item keyItem =
          key.map(ItemEncoding::decode)
              .orElseGet(() -> ItemKey.within(table.key(), whole.orElseThrow()));
      return ItemWrite.restore(table, keyItem, whole);
    }
  }

  /** Returns what a segment asks for, in the order in which it is to be done. */
  private List<Wanted> wanted(
      RestoreJob job, RestoreJob.Progress progress, Base base, ArchivedSegment segment) {
    Stamp cut = base.cut().orElseThrow();
    List<Wanted> wanted = new ArrayList<>();
    for (ArchivedChange change : read(segment)) {
      switch (progress.phase()) {
        case BASE -> wanted.add(new Wanted(Optional.empty(), Optional.of(change.value())));
        case FORWARD -> {
          if (change.stamp().compareTo(later(cut, job.stamp())) <= 0) {
            ChangeRecord record = ChangeRecord.of(change.value());
            wanted.add(new Wanted(Optional.of(record.key()), record.after()));
          }
        }
        case BACKWARD -> {
          if (change.stamp().compareTo(job.stamp()) > 0 && change.stamp().compareTo(cut) <= 0) {
            ChangeRecord record = ChangeRecord.of(change.value());
            wanted.add(new Wanted(Optional.of(record.key()), record.before()));
          }
        }
        case DONE -> {}
      }
    }
    return progress.phase() == RestoreJob.Phase.BACKWARD ? wanted.reversed() : wanted;
  }

  /**
   * Reads a segment and compares it with what the store knows of it.
   *
   * @throws CorruptDataException when it is not what was written
   */
  private List<ArchivedChange> read(ArchivedSegment segment) {
    Segment read = Segment.read(archive, segment.name());
    if (read.records().size() != segment.records()) {
      throw new CorruptDataException(
          "object " + segment.name() + " of the archive has another number of records");
    }
    return read.records().stream().map(ArchivedChange::of).toList();
  }

  /** Makes the next changes of a segment by one decision, which also stores the progress. */
  private RestoreJob write(
      RestoreJob job, ArchivedSegment segment, List<Wanted> wanted, int from, List<Guard> guards) {
    Optional<TableUse> use = catalogue.restore(job.target());
    if (use.isEmpty()) {
      throw new GuardMismatchException(BackupRows.jobKey(job.targetId()));
    }
    try (TableUse table = use.get()) {
      List<ItemWrite> writes = new ArrayList<>();
      long bytes = 0;
      for (int i = from; i < wanted.size() && writes.size() < MAX_ITEMS && bytes < MAX_BYTES; i++) {
        writes.add(wanted.get(i).write(table));
        bytes += wanted.get(i).sizeBytes();
      }
      int end = ItemWrites.endOfPart(store.limits(), writes, 0, 1);
      List<ItemWrite> now = writes.subList(0, end);
      RestoreJob.Progress progress = job.progress().orElseThrow();
      RestoreJob next =
          job.at(
              new RestoreJob.Progress(
                  progress.base(), progress.phase(), segment.number(), (long) from + end));
      List<ItemChange> changes = decide(job, next, now, guards);
      ItemWrites.count(now, changes);
      return next;
    }
  }

  private List<ItemChange> decide(
      RestoreJob job, RestoreJob next, List<ItemWrite> writes, List<Guard> guards) {
    Set<Guard> all = new LinkedHashSet<>(ItemWrites.guards(writes));
    all.addAll(guards);
    RowKey jobKey = BackupRows.jobKey(job.targetId());
    List<RowKey> keys = new ArrayList<>(ItemWrites.keys(writes));
    keys.add(jobKey);
    Bytes expected = ChainItem.encode(job);
    return store.transact(
        keys,
        all,
        rowsNow -> {
          if (rowsNow.row(jobKey).filter(row -> row.value().equals(expected)).isEmpty()) {
            throw new GuardMismatchException(jobKey);
          }
          ItemDecision decision = new ItemDecision(rowsNow, Allowance.unlimited());
          List<ItemChange> changes = writes.stream().map(decision::decide).toList();
          List<Write> made = new ArrayList<>(ItemWrites.rows(changes));
          made.add(BackupRows.put(next));
          return new Verdict<>(changes, made, ItemWrites.origin(writes));
        });
  }

  /** Puts the table to use, and forgets the job. */
  private void finish(RestoreJob job, List<Guard> guards) {
    if (target(job).isPresent()) {
      var _ =
          catalogue.changeWithSpace(
              Principal.Service.SERVER,
              job.target(),
              record -> _ -> NewTable.filled(record, settings, clock.instant()));
      LOG.info("table {} is restored", job.target());
    }
    rows.delete(guards, List.of(BackupRows.jobKey(job.targetId())));
  }
}
