package org.ostraka.transfer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.transfer.ExportFile;
import org.ostraka.engine.transfer.ExportJob;
import org.ostraka.engine.transfer.ExportSelection;
import org.ostraka.engine.transfer.Exports;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.TransferFailure;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.Digests;
import org.ostraka.transfer.wire.Manifests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes exports in progress to their buckets. One thread at a time; {@link #stop} may be called by
 * any.
 *
 * <p>A file is put first; then one decision stores it and how far the export has come. The names of
 * files follow from the export, so what is repeated after a stop replaces what was there.
 */
public final class Exporter {
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  /** The smallest size that the service bills for an incremental export (EXPORT-019). */
  private static final long LEAST_BILLED_BYTES = 10_000_000;

  private static final int NAME_CHARS = 26;
  private static final int NAME_RADIX = 32;

  private final Store store;
  private final Archive archive;
  private final Catalogue catalogue;
  private final Buckets buckets;
  private final Clock clock;
  private final Sizes sizes;
  private final Exports exports;
  private final Expressions expressions = new Expressions();
  private volatile boolean stopped;

  /**
   * Limits on memory. Immutable.
   *
   * @param changesBytes how many bytes of changes are held at the same time
   * @param fileBytes the compressed bytes after which a file ends
   */
  public record Sizes(long changesBytes, long fileBytes) {
    private static final int SHARE_OF_HEAP = 16;

    /** Returns the limits for a heap of this size. */
    public static Sizes forHeap(long heapBytes) {
      return new Sizes(heapBytes / SHARE_OF_HEAP, Math.min(32L << 20, heapBytes / SHARE_OF_HEAP));
    }
  }

  public Exporter(
      Store store,
      Archive archive,
      Catalogue catalogue,
      Buckets buckets,
      Clock clock,
      Sizes sizes) {
    this.store = store;
    this.archive = archive;
    this.catalogue = catalogue;
    this.buckets = buckets;
    this.clock = clock;
    this.sizes = sizes;
    this.exports = new Exports(store);
  }

  /** Stops {@link #run} after the file in progress. */
  public void stop() {
    stopped = true;
  }

  /**
   * Carries out all exports, if archiving is this server's duty. The failure of one does not stop
   * the others; the first failure that may pass is thrown at the end.
   */
  public void run() {
    Optional<StorageException> failure = Optional.empty();
    for (ExportJob job : exports.inProgress()) {
      try {
        run(job);
      } catch (BucketException refused) {
        fail(job, new TransferFailure(refused.code(), refused.text()));
      } catch (CorruptDataException damage) {
        LOG.error(
            "table {} cannot be exported: {}",
            job.description().arn().table(),
            damage.getMessage());
        fail(job, new TransferFailure("InternalServerError", "The table cannot be exported"));
      } catch (GuardMismatchException _) {
        // Another server has the duty now.
      } catch (StorageException failed) {
        failure = failure.or(() -> Optional.of(failed));
      } catch (RuntimeException | StackOverflowError broken) {
        // An export that breaks must not stop the others for ever.
        LOG.error("table {} cannot be exported", job.description().arn().table(), broken);
        fail(job, new TransferFailure("InternalServerError", "The table cannot be exported"));
      }
    }
    if (failure.isPresent() && !stopped) {
      throw failure.get();
    }
  }

  private void fail(ExportJob job, TransferFailure why) {
    catalogue
        .hold(Duty.ARCHIVING)
        .ifPresent(held -> exports.end(job.description().failed(now(), why), held));
  }

  private void run(ExportJob job) {
    if (catalogue.hold(Duty.ARCHIVING).isEmpty()) {
      // Before the first object: another server writes them.
      return;
    }
    ArchivedTable table =
        new ArchivedTable(
            store, archive, job.chain(), job.key(), sizes.changesBytes(), () -> stopped);
    Optional<ExportJob> begun = job.progress().isPresent() ? Optional.of(job) : begin(job, table);
    while (begun.isPresent() && !stopped) {
      Optional<List<Guard>> held = catalogue.hold(Duty.ARCHIVING);
      if (held.isEmpty()) {
        return;
      }
      ExportJob now = begun.get();
      if (now.progress().orElseThrow().place().isEnd()) {
        finish(now, held.get());
        return;
      }
      begun =
          now.description().increment().isPresent()
              ? changes(now, table, held.get())
              : state(now, table, held.get());
    }
  }

  /** Shows that the bucket can be written to, and begins once everything is archived. */
  private Optional<ExportJob> begin(ExportJob job, ArchivedTable table) {
    ExportDescription export = job.description();
    export
        .destination()
        .owner()
        .filter(owner -> !owner.equals(export.arn().table().owner().account().toString()))
        .ifPresent(_ -> {
          throw BucketException.accessDenied();
        });
    // First of all: a bucket that cannot be written to is reported at once.
    var _ = buckets.put(bucket(export), export.folder() + "_started", Bytes.EMPTY);
    if (!table.isComplete(job.upTo())) {
      requireArchiving(job);
      return Optional.empty();
    }
    Optional<ArchivedTable.Place> place =
        export.increment().isPresent()
            ? Optional.of(
                new ArchivedTable.Place(
                    0, 0, table.partsOfChanges(job.from(), job.upTo().next()), 0))
            : table.begin(job.upTo());
    return place.map(first -> job.at(new ExportJob.Progress(first, 0, 0, 0)));
  }

  /** Refuses to wait for changes that nobody archives any more. */
  private void requireArchiving(ExportJob job) {
    boolean isArchiving =
        catalogue
            .describe(job.description().arn().table())
            .flatMap(OpenTable::current)
            .flatMap(record -> record.recovery().pointInTime())
            .filter(on -> on.chain().equals(job.chain()))
            .isPresent();
    if (!isArchiving) {
      throw new BucketException(
          "PointInTimeRecoveryUnavailable",
          "Point in time recovery was disabled before the table was exported");
    }
  }

  /** Writes the rest of a state, file by file. */
  private Optional<ExportJob> state(ExportJob job, ArchivedTable table, List<Guard> guards) {
    ArchivedTable.StateReader reader = table.read(job.upTo(), job.progress().orElseThrow().place());
    ExportJob now = job;
    ExportWriter file = writer(job);
    Optional<ArchivedTable.Batch> batch = reader.next();
    while (batch.isPresent() && !stopped) {
      List<ExportFile> written = new ArrayList<>();
      for (Bytes item : batch.get().items()) {
        file.item(item);
      }
      Optional<ArchivedTable.Batch> next = reader.next();
      if (file.compressedBytes() >= sizes.fileBytes() || next.isEmpty()) {
        now = put(now, file, batch.get().after(), written);
        exports.advance(now, written, guards);
        file = writer(job);
      }
      batch = next;
    }
    return Optional.of(now);
  }

  /** Writes the next part of the changes, as one or more files. */
  private Optional<ExportJob> changes(ExportJob job, ArchivedTable table, List<Guard> guards) {
    ArchivedTable.Place place = job.progress().orElseThrow().place();
    ArchivedTable.Place after = new ArchivedTable.Place(0, place.part() + 1, place.parts(), 0);
    Collection<ArchivedTable.NetChange> changes =
        table.changes(job.from(), job.upTo().next(), place.part(), place.parts());
    ExportJob now = job;
    ExportWriter file = writer(job);
    List<ExportFile> written = new ArrayList<>();
    for (ArchivedTable.NetChange change : changes) {
      if (change.before().isPresent() || change.after().isPresent()) {
        file.change(change, job.description().increment().orElseThrow().view());
      }
      if (file.compressedBytes() >= sizes.fileBytes()) {
        now = put(now, file, place, written);
        file = writer(job);
      }
    }
    now = put(now, file, after, written);
    exports.advance(now, written, guards);
    return Optional.of(now);
  }

  private ExportWriter writer(ExportJob job) {
    return new ExportWriter(
        job.description().format(),
        job.description()
            .filter()
            .map(filter -> ExportSelection.of(expressions, filter, job.key())));
  }

  private ExportJob put(
      ExportJob job, ExportWriter file, ArchivedTable.Place after, List<ExportFile> written) {
    ExportDescription export = job.description();
    ExportJob.Progress before = job.progress().orElseThrow();
    Bytes content = file.finish();
    String key = dataKey(export, before.files());
    String etag = buckets.put(bucket(export), key, content);
    written.add(new ExportFile(before.files(), key, file.items(), checksum(content), etag));
    return job.at(
        new ExportJob.Progress(
            after,
            before.files() + 1,
            before.items() + file.items(),
            before.sizeBytes() + file.sizeBytes()));
  }

  /** Incremental exports to one place have their files in one folder. */
  private static String dataKey(ExportDescription export, long number) {
    boolean isIncrement = export.increment().isPresent();
    String folder = isIncrement ? export.shared() : export.folder();
    byte[] name = Digests.md5((export.arn() + "/" + number).getBytes(StandardCharsets.UTF_8));
    String digits = new BigInteger(1, name).toString(NAME_RADIX).toLowerCase(Locale.ROOT);
    String ending = export.format() == ItemFormat.ION ? ".ion.gz" : ".json.gz";
    return folder + "data/" + "0".repeat(NAME_CHARS - digits.length()) + digits + ending;
  }

  private void finish(ExportJob job, List<Guard> guards) {
    ExportJob.Progress done = job.progress().orElseThrow();
    ExportDescription export = job.description();
    long billed =
        export.increment().isPresent()
            ? Math.max(LEAST_BILLED_BYTES, done.sizeBytes())
            : done.sizeBytes();
    ExportDescription completed =
        export.completed(now(), new ExportDescription.Result(done.items(), billed));
    String files = export.folder() + "manifest-files";
    put(export, files, Manifests.files(exports.files(export.arn())));
    put(
        export,
        export.folder() + "manifest-summary",
        Manifests.summary(completed, files + ".json"));
    exports.end(completed, guards);
    LOG.info("table {} is exported: {} items", export.arn().table(), done.items());
  }

  private void put(ExportDescription export, String manifest, Bytes content) {
    var _ = buckets.put(bucket(export), manifest + ".json", content);
    Bytes checksum = Bytes.wrap(checksum(content).getBytes(StandardCharsets.US_ASCII));
    var _ = buckets.put(bucket(export), manifest + ".checksum", checksum);
  }

  private static String checksum(Bytes content) {
    return Base64.getEncoder().encodeToString(Digests.md5(content.array()));
  }

  private static BucketName bucket(ExportDescription export) {
    return new BucketName(export.destination().bucket(), export.destination().owner());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
