package org.ostraka.engine.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.engine.backup.ChainReaders;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.Owner;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ExportConflictException;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** The exports of all tables, as the store has them. Any thread. */
public final class Exports implements ChainReaders {
  /** How long a client token stands for its export ("ExportTableToPointInTime", ClientToken). */
  static final Duration TOKEN_LIFE = Duration.ofHours(8);

  /** How long exports are listed ("ListExports": those of the last 90 days). */
  private static final Duration LISTED = Duration.ofDays(90);

  /** The exports of an account in a region at the same time ("Quotas in Amazon DynamoDB"). */
  private static final int MAX_IN_PROGRESS = 300;

  private static final TransferArn.Kind KIND = TransferArn.Kind.EXPORT;

  private final Store store;
  private final TransferRows rows;

  public Exports(Store store) {
    this.store = store;
    this.rows = new TransferRows(store);
  }

  Optional<ExportDescription> find(TransferArn arn) {
    return rows.read(TransferRows.listedKey(arn), value -> ExportItem.listed(value).description());
  }

  /** Returns the exports of an account in a region, newer ones first. */
  List<ExportDescription> all(Owner owner) {
    return rows.all(TransferRows.listed(KIND, owner), ExportItem::listed).stream()
        .map(ExportItem.Listed::description)
        .sorted(Comparator.comparing(ExportDescription::arn).reversed())
        .toList();
  }

  /**
   * Returns the export that a client token stands for.
   *
   * @param request what is asked for now
   * @throws ExportConflictException when it was another request
   */
  Optional<ExportDescription> ofToken(Owner owner, String token, String request, Instant now) {
    return rows.read(TransferRows.tokenKey(KIND, owner, token), value -> arn(KIND, value))
        .filter(arn -> isValid(arn, now))
        .flatMap(arn -> rows.read(TransferRows.listedKey(arn), ExportItem::listed))
        .map(listed -> same(listed, request));
  }

  private static ExportDescription same(ExportItem.Listed listed, String request) {
    if (!listed.request().equals(request)) {
      throw new ExportConflictException(
          "Export conflict: Duplicate request detected with conflicting parameters");
    }
    return listed.description();
  }

  /**
   * Begins an export, unless another request has begun one with the same token.
   *
   * @return the export of the token
   */
  ExportDescription begin(ExportJob job, String request, Instant now) {
    ExportDescription export = job.description();
    RowKey jobKey = TransferRows.jobKey(export.arn());
    return begin(export, request, now, List.of(new Write.Put(jobKey, ExportItem.encode(job))));
  }

  /** Begins an export that has failed already; see {@link #begin}. */
  ExportDescription fail(ExportDescription export, String request, Instant now) {
    return begin(export, request, now, List.of());
  }

  private ExportDescription begin(
      ExportDescription export, String request, Instant now, List<Write> job) {
    Owner owner = export.arn().table().owner();
    RowKey token = TransferRows.tokenKey(KIND, owner, export.clientToken());
    RowKey listed = TransferRows.listedKey(export.arn());
    List<Write> writes = new ArrayList<>(job);
    writes.add(new Write.Put(token, token(export.arn())));
    writes.add(new Write.Put(listed, ExportItem.encode(new ExportItem.Listed(export, request))));
    boolean begun =
        store.transact(
            List.of(token, listed, TransferRows.jobKey(export.arn())),
            List.of(),
            current ->
                current
                        .row(token)
                        .map(Row::value)
                        .map(value -> arn(KIND, value))
                        .filter(arn -> isValid(arn, now))
                        .isPresent()
                    ? Verdict.unchanged(false)
                    : new Verdict<>(true, writes));
    return begun ? export : ofToken(owner, export.clientToken(), request, now).orElse(export);
  }

  /** Returns whether the token of an export or import still stands for it. */
  static boolean isValid(TransferArn arn, Instant now) {
    return now.isBefore(arn.started().plus(TOKEN_LIFE));
  }

  /** Returns what is stored for the token of an export or import. */
  static Bytes token(TransferArn arn) {
    return ItemEncoding.encode(new Attributes().text("arn", arn.toString()).item());
  }

  /** Returns the export or import that a token stands for. */
  static TransferArn arn(TransferArn.Kind kind, Bytes value) {
    return ExportItem.decoded(
        value,
        "a client token",
        attributes ->
            TransferArn.parse(kind, attributes.text("arn"))
                .orElseThrow(IllegalArgumentException::new));
  }

  /**
   * Refuses an export when there are too many of its account in progress. Exports that begin at the
   * same moment may exceed the limit by some.
   */
  void requireRoom(Owner owner) {
    long now =
        inProgress().stream()
            .filter(job -> job.description().arn().table().owner().equals(owner))
            .count();
    if (now >= MAX_IN_PROGRESS) {
      // After the pattern of the text for tables: the service's is not known.
      throw new LimitExceededException(
          "Subscriber limit exceeded: There is a limit of "
              + MAX_IN_PROGRESS
              + " concurrent exports per subscriber");
    }
  }

  /** Returns the exports in progress, older ones first. */
  public List<ExportJob> inProgress() {
    return rows.all(TransferRows.jobs(KIND), ExportItem::job).stream()
        .sorted((one, other) -> one.description().arn().compareTo(other.description().arn()))
        .toList();
  }

  @Override
  public Optional<Stamp> awaited(UUID chain) {
    return inProgress().stream()
        .filter(job -> job.chain().equals(chain))
        .map(ExportJob::upTo)
        .max(Comparator.naturalOrder());
  }

  /** Stores how far a job has come, and the files that it has written since. */
  public void advance(ExportJob job, List<ExportFile> files, List<Guard> guards) {
    TransferArn arn = job.description().arn();
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Put(TransferRows.jobKey(arn), ExportItem.encode(job)));
    for (ExportFile file : files) {
      writes.add(new Write.Put(TransferRows.partKey(arn, file.number()), ExportItem.encode(file)));
    }
    rows.write(guards, writes);
  }

  /** Returns the files of an export in progress, in their order. */
  public List<ExportFile> files(TransferArn arn) {
    return rows.all(TransferRows.parts(arn), ExportItem::file);
  }

  /** Stores the end of an export. */
  public void end(ExportDescription ended, List<Guard> guards) {
    TransferArn arn = ended.arn();
    String request =
        rows.read(TransferRows.listedKey(arn), ExportItem::listed)
            .map(ExportItem.Listed::request)
            .orElse("");
    List<Write> writes = new ArrayList<>();
    writes.add(
        new Write.Put(
            TransferRows.listedKey(arn), ExportItem.encode(new ExportItem.Listed(ended, request))));
    List<RowKey> parts =
        files(arn).stream().map(file -> TransferRows.partKey(arn, file.number())).toList();
    writes.add(new Write.Delete(TransferRows.jobKey(arn)));
    rows.write(guards, writes);
    rows.delete(guards, parts);
  }

  /** Forgets the exports of an account that are too old to be listed. */
  void forget(Owner owner, Instant now) {
    for (ExportDescription export : all(owner)) {
      boolean isOld = export.end().filter(end -> end.plus(LISTED).isBefore(now)).isPresent();
      if (isOld) {
        rows.delete(
            List.of(),
            List.of(
                TransferRows.listedKey(export.arn()),
                TransferRows.tokenKey(KIND, owner, export.clientToken())));
      }
    }
  }
}
