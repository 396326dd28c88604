package org.ostraka.transfer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.item.ItemDecision;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.item.ReturnedImage;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.transfer.BulkJob;
import org.ostraka.engine.transfer.BulkOperations;
import org.ostraka.model.Principal;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Guard;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * Puts records into a table: items, how far the job has come, and what is to be reported change in
 * one decision, so that a condition is judged once, also if the server is killed. Any thread.
 */
final class BulkTable {
  /** The rows of the job that a decision writes besides items. */
  private static final int OTHER_ROWS = 3;

  private final Store store;
  private final Catalogue catalogue;
  private final BulkOperations operations;

  BulkTable(Store store, Catalogue catalogue, BulkOperations operations) {
    this.store = store;
    this.catalogue = catalogue;
    this.operations = operations;
  }

  /**
   * What a decision came to. Immutable.
   *
   * @param isDone false when the job was not as it is known: then nothing was written
   * @param taken the records that were settled, from the first one on
   * @param reportBytes the bytes of reports that are in no file yet
   */
  record Settled(boolean isDone, BulkJob job, int taken, double units, long reportBytes) {}

  /**
   * Settles as many records as one decision can, at least one.
   *
   * @param readBytes the bytes of the object that were read so far
   * @throws ResourceNotFoundException when the table does not serve any more
   */
  Settled settle(
      BulkJob job, String key, List<BulkPart.Read> records, long readBytes, List<Guard> duty) {
    return catalogue.attempt(
        false,
        () -> {
          try (TableUse table =
              catalogue.use(Principal.Service.SERVER, job.operation().arn().table())) {
            if (!table.record().description().id().toString().equals(job.operation().tableId())) {
              throw new ResourceNotFoundException("The table has been replaced by another one");
            }
            return settle(new Attempt(table, job, key, readBytes), records, duty);
          }
        });
  }

  /** What a decision is about. */
  private record Attempt(TableUse table, BulkJob job, String key, long readBytes) {}

  /** A record, and the write that it comes to; one that fits no table has none. */
  private record Planned(BulkPart.Read read, List<ItemWrite> write) {}

  private Settled settle(Attempt attempt, List<BulkPart.Read> records, List<Guard> duty) {
    List<Planned> planned = records.stream().map(read -> plan(attempt.table(), read)).toList();
    List<ItemWrite> all = planned.stream().flatMap(each -> each.write().stream()).toList();
    int count = all.isEmpty() ? 0 : ItemWrites.endOfPart(store.limits(), all, 0, OTHER_ROWS);
    List<ItemWrite> writes = all.subList(0, count);
    List<Planned> part = planned.subList(0, end(planned, count));
    List<RowKey> keys = new ArrayList<>(ItemWrites.keys(writes));
    keys.addAll(operations.keys(attempt.job()));
    Set<Guard> guards = new LinkedHashSet<>(attempt.table().guards());
    guards.addAll(duty);
    Decided decided =
        store.transact(
            keys,
            guards,
            rows ->
                operations.isCurrent(rows, attempt.job())
                    ? decide(attempt, part, writes, rows)
                    : Verdict.unchanged(Decided.nothing(attempt.job())));
    ItemWrites.countEach(writes.subList(0, decided.outcomes().size()), decided.outcomes());
    return decided.settled();
  }

  /** What a decision came to, and each of its writes. */
  private record Decided(Settled settled, List<ItemWrites.Outcome> outcomes) {
    static Decided nothing(BulkJob job) {
      return new Decided(new Settled(false, job, 0, 0, 0), List.of());
    }
  }

  private Verdict<Decided> decide(
      Attempt attempt, List<Planned> part, List<ItemWrite> writes, CurrentRows rows) {
    List<ItemWrites.Outcome> outcomes =
        ItemWrites.decideEach(writes, new ItemDecision(rows, Allowance.unlimited()));
    BulkPart settled = new BulkPart(attempt.job(), attempt.key());
    List<Write> made = new ArrayList<>();
    int taken = 0;
    int written = 0;
    while (taken < part.size() && !settled.isFull()) {
      switch (part.get(taken).read()) {
        case BulkPart.Read.Broken(var problems) -> settled.broken(problems);
        case BulkPart.Read.Ready(var item, _) -> {
          ItemWrites.Outcome outcome = outcomes.get(written);
          written++;
          settled.add(item, outcome);
          if (outcome instanceof ItemWrites.Outcome.Done(var change)) {
            made.addAll(change.writes());
          }
        }
      }
      taken++;
    }
    BulkJob after = settled.after(attempt.readBytes());
    made.addAll(operations.advance(rows, after, settled.report()));
    Settled done = new Settled(true, after, taken, settled.units(), settled.report().sizeBytes());
    return new Verdict<>(
        new Decided(done, outcomes.subList(0, written)), made, attempt.table().origin());
  }

  private static Planned plan(TableUse table, BulkPart.Read read) {
    return switch (read) {
      case BulkPart.Read.Broken _ -> new Planned(read, List.of());
      case BulkPart.Read.Ready(var item, var check) -> {
        try {
          yield new Planned(read, List.of(ItemWrite.put(table, item, check, ReturnedImage.NONE)));
        } catch (ApiException refused) {
          yield new Planned(new BulkPart.Read.Broken(List.of(refused.text())), List.of());
        }
      }
    };
  }

  /** Returns the end of the records before the first one whose write is not among the first. */
  private static int end(List<Planned> planned, int writes) {
    int seen = 0;
    int end = 0;
    while (end < planned.size() && seen + planned.get(end).write().size() <= writes) {
      seen += planned.get(end).write().size();
      end++;
    }
    return end;
  }
}
