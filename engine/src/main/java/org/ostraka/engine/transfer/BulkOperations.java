package org.ostraka.engine.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.IdempotentParameterMismatchException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * The bulk operations on all tables, as the store has them. Any thread.
 *
 * <p>How far a job has come changes in the decision that writes its items, so that no item is
 * judged twice by its condition.
 */
public final class BulkOperations {
  private static final TransferArn.Kind KIND = TransferArn.Kind.BULK;

  /** The reports that one decision forgets. */
  private static final int MAX_REPORTS = 64;

  /** How long operations are listed ("ListBulkOperations": those of the last 90 days). */
  private static final Duration LISTED = Duration.ofDays(90);

  private final Store store;
  private final TransferRows rows;

  public BulkOperations(Store store) {
    this.store = store;
    this.rows = new TransferRows(store);
  }

  Optional<BulkOperation> find(TransferArn arn) {
    return rows.read(TransferRows.listedKey(arn), value -> BulkItem.listed(value).operation());
  }

  /** Returns the operations of an account in a region, newer ones first. */
  List<BulkOperation> all(Owner owner) {
    return rows.all(TransferRows.listed(KIND, owner), BulkItem::listed).stream()
        .map(BulkItem.Listed::operation)
        .sorted(Comparator.comparing(BulkOperation::arn).reversed())
        .toList();
  }

  /**
   * Returns the operation that a client token stands for.
   *
   * @throws IdempotentParameterMismatchException when it was another request
   */
  Optional<BulkOperation> ofToken(Owner owner, String token, String request, Instant now) {
    return rows.read(TransferRows.tokenKey(KIND, owner, token), value -> Exports.arn(KIND, value))
        .filter(arn -> Exports.isValid(arn, now))
        .flatMap(arn -> rows.read(TransferRows.listedKey(arn), BulkItem::listed))
        .map(listed -> {
          if (!listed.request().equals(request)) {
            throw new IdempotentParameterMismatchException();
          }
          return listed.operation();
        });
  }

  /**
   * Begins an operation, unless another request has begun one with the same token. One that has
   * ended already is only listed.
   *
   * @return the operation of the token
   */
  BulkOperation begin(BulkOperation wanted, String request, Instant now) {
    Owner owner = wanted.arn().table().owner();
    RowKey token = TransferRows.tokenKey(KIND, owner, wanted.clientToken());
    RowKey listed = TransferRows.listedKey(wanted.arn());
    RowKey job = TransferRows.jobKey(wanted.arn());
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Put(token, Exports.token(wanted.arn())));
    writes.add(new Write.Put(listed, BulkItem.encode(new BulkItem.Listed(wanted, request))));
    if (wanted.isActive()) {
      writes.add(new Write.Put(job, BulkItem.encode(BulkJob.begun(wanted))));
    }
    boolean begun =
        store.transact(
            List.of(token, listed, job),
            List.of(),
            current ->
                current
                        .row(token)
                        .map(Row::value)
                        .map(value -> Exports.arn(KIND, value))
                        .filter(arn -> Exports.isValid(arn, now))
                        .isPresent()
                    ? Verdict.unchanged(false)
                    : new Verdict<>(true, writes));
    return begun ? wanted : ofToken(owner, wanted.clientToken(), request, now).orElse(wanted);
  }

  /**
   * Makes an operation stop soon.
   *
   * @return the operation, which is cancelling; empty when it has ended
   */
  Optional<BulkOperation> cancel(TransferArn arn) {
    RowKey jobKey = TransferRows.jobKey(arn);
    RowKey listedKey = TransferRows.listedKey(arn);
    return store.transact(
        List.of(jobKey, listedKey),
        List.of(),
        current -> {
          Optional<BulkJob> job = current.row(jobKey).map(Row::value).map(BulkItem::job);
          return job.map(
                  found -> {
                    BulkJob next = found.with(found.operation().cancelling());
                    List<Write> writes = new ArrayList<>();
                    writes.add(new Write.Put(jobKey, BulkItem.encode(next)));
                    listed(current, next.operation()).ifPresent(writes::add);
                    return new Verdict<>(Optional.of(next.operation()), writes);
                  })
              .orElseGet(() -> Verdict.unchanged(Optional.empty()));
        });
  }

  /** Returns the operations in progress, older ones first. */
  public List<BulkJob> inProgress() {
    return rows.all(TransferRows.jobs(KIND), BulkItem::job).stream()
        .sorted((one, other) -> one.operation().arn().compareTo(other.operation().arn()))
        .toList();
  }

  /** Returns a job as it is now; empty when it has ended. */
  public Optional<BulkJob> current(TransferArn arn) {
    return rows.read(TransferRows.jobKey(arn), BulkItem::job);
  }

  /** Returns the rows that a decision on a job declares. */
  public List<RowKey> keys(BulkJob job) {
    TransferArn arn = job.operation().arn();
    return List.of(
        TransferRows.jobKey(arn),
        TransferRows.listedKey(arn),
        TransferRows.reportKey(arn, job.operation().counts().items()));
  }

  /** Returns whether a job is still as it is known: it may have been cancelled. */
  public boolean isCurrent(CurrentRows current, BulkJob job) {
    return current
        .row(TransferRows.jobKey(job.operation().arn()))
        .filter(row -> row.value().equals(BulkItem.encode(job)))
        .isPresent();
  }

  /**
   * Returns the writes that bring a job on.
   *
   * @param report what is to be reported of the decision
   */
  public List<Write> advance(CurrentRows current, BulkJob next, BulkReport report) {
    TransferArn arn = next.operation().arn();
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Put(TransferRows.jobKey(arn), BulkItem.encode(next)));
    listed(current, next.operation()).ifPresent(writes::add);
    if (!report.isEmpty()) {
      writes.add(
          new Write.Put(TransferRows.reportKey(arn, report.number()), BulkItem.encode(report)));
    }
    return writes;
  }

  private static Optional<Write> listed(CurrentRows current, BulkOperation next) {
    RowKey key = TransferRows.listedKey(next.arn());
    return current
        .row(key)
        .map(row -> BulkItem.listed(row.value()).request())
        .map(request -> new Write.Put(key, BulkItem.encode(new BulkItem.Listed(next, request))));
  }

  /** Returns reports that are in no file yet, in their order, as many as fit. */
  public List<BulkReport> reports(BulkJob job, long maxBytes) {
    return rows
        .some(TransferRows.reports(job.operation().arn()), BulkItem::report, maxBytes)
        .stream()
        .limit(MAX_REPORTS)
        .toList();
  }

  /**
   * Stores a job, and forgets reports that are in files now.
   *
   * @return false when the job was not as it is known
   */
  public boolean store(BulkJob before, BulkJob next, List<BulkReport> filed, List<Guard> guards) {
    TransferArn arn = before.operation().arn();
    List<RowKey> keys = new ArrayList<>(keys(before).subList(0, 2));
    List<Write> forgotten = new ArrayList<>();
    for (BulkReport report : filed) {
      RowKey key = TransferRows.reportKey(arn, report.number());
      keys.add(key);
      forgotten.add(new Write.Delete(key));
    }
    return store.transact(
        keys,
        guards,
        current -> {
          if (!isCurrent(current, before)) {
            return Verdict.unchanged(false);
          }
          List<Write> writes = new ArrayList<>(forgotten);
          writes.addAll(advance(current, next, BulkReport.NONE));
          return new Verdict<>(true, writes);
        });
  }

  /**
   * Stores the end of an operation, and forgets reports that are in no file.
   *
   * @return false when the job was not as it is known: then it has not ended
   */
  public boolean end(BulkJob before, BulkOperation ended, List<Guard> guards) {
    if (!current(ended.arn()).equals(Optional.of(before))) {
      return false;
    }
    Bytes reports = TransferRows.reports(ended.arn());
    for (List<BulkReport> some = rows.some(reports, BulkItem::report, 1);
        !some.isEmpty();
        some = rows.some(reports, BulkItem::report, 1)) {
      rows.delete(
          guards,
          some.stream()
              .map(report -> TransferRows.reportKey(ended.arn(), report.number()))
              .toList());
    }
    RowKey jobKey = TransferRows.jobKey(ended.arn());
    RowKey listedKey = TransferRows.listedKey(ended.arn());
    return store.transact(
        List.of(jobKey, listedKey),
        guards,
        current -> {
          if (!isCurrent(current, before)) {
            return Verdict.unchanged(false);
          }
          List<Write> writes = new ArrayList<>();
          writes.add(new Write.Delete(jobKey));
          listed(current, ended).ifPresent(writes::add);
          return new Verdict<>(true, writes);
        });
  }

  /** Forgets the operations of an account that are too old to be listed. */
  void forget(Owner owner, Instant now) {
    for (BulkOperation each : all(owner)) {
      if (each.end().filter(end -> end.plus(LISTED).isBefore(now)).isPresent()) {
        rows.delete(
            List.of(),
            List.of(
                TransferRows.listedKey(each.arn()),
                TransferRows.tokenKey(KIND, owner, each.clientToken())));
      }
    }
  }
}
