package org.ostraka.engine.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.Owner;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ImportConflictException;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** The imports of all tables, as the store has them. Any thread. */
public final class Imports {
  private static final TransferArn.Kind KIND = TransferArn.Kind.IMPORT;

  /** The imports of an account in a region at the same time ("LimitExceededException"). */
  private static final int MAX_IN_PROGRESS = 50;

  /** How long imports are listed ("ListImports": those of the last 90 days). */
  private static final Duration LISTED = Duration.ofDays(90);

  private final Store store;
  private final TransferRows rows;

  public Imports(Store store) {
    this.store = store;
    this.rows = new TransferRows(store);
  }

  Optional<ImportDescription> find(TransferArn arn) {
    return rows.read(TransferRows.listedKey(arn), ImportItem::listed);
  }

  /** Returns the imports of an account in a region, newer ones first. */
  List<ImportDescription> all(Owner owner) {
    return rows.all(TransferRows.listed(KIND, owner), ImportItem::listed).stream()
        .sorted(Comparator.comparing(ImportDescription::arn).reversed())
        .toList();
  }

  /**
   * Returns the import that a client token stands for. Other members than the table's name do not
   * matter (IMPORT-017).
   *
   * @throws ImportConflictException when it made another table
   */
  Optional<ImportDescription> ofToken(
      Owner owner, String token, ImportDescription wanted, Instant now) {
    return rows.read(TransferRows.tokenKey(KIND, owner, token), value -> Exports.arn(KIND, value))
        .filter(arn -> Exports.isValid(arn, now))
        .flatMap(this::find)
        .map(found -> {
          if (!found.table().name().equals(wanted.table().name())) {
            throw new ImportConflictException(
                "Import conflict: Duplicate request detected with conflicting parameters");
          }
          return found;
        });
  }

  /**
   * Begins an import, unless another request has begun one with the same token.
   *
   * @return the import of the token
   */
  ImportDescription begin(ImportDescription wanted, Instant now) {
    RowKey job = TransferRows.jobKey(wanted.arn());
    Bytes begun = ImportItem.encode(new ImportJob(wanted, Optional.empty(), 0, Optional.empty()));
    return begin(wanted, now, List.of(new Write.Put(job, begun)));
  }

  /** Begins an import that has failed already; see {@link #begin}. */
  ImportDescription fail(ImportDescription wanted, Instant now) {
    return begin(wanted, now, List.of());
  }

  private ImportDescription begin(ImportDescription wanted, Instant now, List<Write> job) {
    Owner owner = wanted.arn().table().owner();
    RowKey token = TransferRows.tokenKey(KIND, owner, wanted.clientToken());
    RowKey listed = TransferRows.listedKey(wanted.arn());
    List<Write> writes = new ArrayList<>(job);
    writes.add(new Write.Put(token, Exports.token(wanted.arn())));
    writes.add(new Write.Put(listed, ImportItem.encode(wanted)));
    boolean begun =
        store.transact(
            List.of(token, listed, TransferRows.jobKey(wanted.arn())),
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
    return begun ? wanted : ofToken(owner, wanted.clientToken(), wanted, now).orElse(wanted);
  }

  /** Refuses an import when there are too many of its account; see {@link Exports#requireRoom}. */
  void requireRoom(Owner owner) {
    long now =
        inProgress().stream()
            .filter(job -> job.description().arn().table().owner().equals(owner))
            .count();
    if (now >= MAX_IN_PROGRESS) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: There is a limit of "
              + MAX_IN_PROGRESS
              + " concurrent imports per subscriber");
    }
  }

  /** Returns the imports in progress, older ones first. */
  public List<ImportJob> inProgress() {
    return rows.all(TransferRows.jobs(KIND), ImportItem::job).stream()
        .sorted((one, other) -> one.description().arn().compareTo(other.description().arn()))
        .toList();
  }

  /** Stores how far a job has come. */
  public void advance(ImportJob job, List<Guard> guards) {
    TransferArn arn = job.description().arn();
    rows.write(
        guards,
        List.of(
            new Write.Put(TransferRows.jobKey(arn), ImportItem.encode(job)),
            new Write.Put(TransferRows.listedKey(arn), ImportItem.encode(job.description()))));
  }

  /** Stores the end of an import. */
  public void end(ImportDescription ended, List<Guard> guards) {
    rows.write(
        guards,
        List.of(
            new Write.Put(TransferRows.listedKey(ended.arn()), ImportItem.encode(ended)),
            new Write.Delete(TransferRows.jobKey(ended.arn()))));
  }

  /** Forgets the imports of an account that are too old to be listed. */
  void forget(Owner owner, Instant now) {
    for (ImportDescription each : all(owner)) {
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
