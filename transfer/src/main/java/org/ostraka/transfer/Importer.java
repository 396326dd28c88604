package org.ostraka.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.transfer.ImportJob;
import org.ostraka.engine.transfer.Imports;
import org.ostraka.engine.transfer.ReadObject;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.TransferFailure;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.wire.ErrorLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out imports in progress: makes their tables and fills them. One thread at a time; {@link
 * #stop} may be called by any.
 *
 * <p>How far an import has come is stored after its items are durable. After a stop the items since
 * then are written again, which changes nothing.
 */
public final class Importer {
  private static final Logger LOG = LoggerFactory.getLogger(Importer.class);

  /** The batches after which it is stored how far an import has come. */
  private static final int BATCHES_PER_ADVANCE = 32;

  private final Store store;
  private final Catalogue catalogue;
  private final Buckets buckets;
  private final ImportErrors errors;
  private final Clock clock;
  private final EngineSettings settings;
  private final ExecutorService writers;
  private final Imports imports;
  private volatile boolean stopped;

  /**
   * Makes an importer.
   *
   * @param writers write batches of items at the same time
   */
  public Importer(
      Store store,
      Catalogue catalogue,
      Buckets buckets,
      ImportErrors errors,
      Clock clock,
      EngineSettings settings,
      ExecutorService writers) {
    this.store = store;
    this.catalogue = catalogue;
    this.buckets = buckets;
    this.errors = errors;
    this.clock = clock;
    this.settings = settings;
    this.writers = writers;
    this.imports = new Imports(store);
  }

  /** Stops {@link #run} after the batches in progress. */
  public void stop() {
    stopped = true;
  }

  /**
   * Carries out all imports, if archiving is this server's duty. The failure of one does not stop
   * the others; the first failure that may pass is thrown at the end.
   */
  public void run() {
    Optional<StorageException> failure = Optional.empty();
    for (ImportJob job : imports.inProgress()) {
      try {
        if (!stopped) {
          catalogue.hold(Duty.ARCHIVING).ifPresent(held -> new Filling(job, held).run());
        }
      } catch (GuardMismatchException _) {
        // Another server has the duty now.
      } catch (StorageException failed) {
        failure = failure.or(() -> Optional.of(failed));
      }
    }
    if (failure.isPresent() && !stopped) {
      throw failure.get();
    }
  }

  /** The filling of one table. One thread. */
  private final class Filling {
    private final BucketName bucket;
    private final ImportedTable table;
    private ImportJob job;
    private List<Guard> guards;
    private int batches;

    Filling(ImportJob job, List<Guard> guards) {
      ImportDescription description = job.description();
      this.job = job;
      this.guards = guards;
      this.bucket = new BucketName(description.source().bucket(), description.source().owner());
      this.table = new ImportedTable(store, catalogue, description);
    }

    void run() {
      try {
        requireOwner();
        List<Buckets.Listed> objects = list();
        SameObjects.require(job.records(), job.reading(), objects);
        if (!table.create()) {
          fail("TableAlreadyExists", "Table already exists: " + job.description().table().name());
          return;
        }
        boolean goesOn = true;
        while (goesOn && !objects.isEmpty()) {
          goesOn = objects.stream().allMatch(this::isDone);
          // S3 may list fewer than it could: only an empty list is the end.
          objects = goesOn ? list() : List.of();
        }
        if (goesOn) {
          finish();
        }
      } catch (BucketException refused) {
        table.finish(settings, clock);
        fail(refused.code(), refused.text());
      } catch (StorageException passing) {
        throw passing;
      } catch (RuntimeException | StackOverflowError broken) {
        // An import that breaks must not stop the others for ever.
        LOG.error("table {} cannot be imported", job.description().table().arn(), broken);
        table.finish(settings, clock);
        fail("InternalServerError", "The table cannot be imported");
      }
    }

    private void requireOwner() {
      String account = job.description().table().arn().owner().account().toString();
      if (bucket.expectedOwner().filter(owner -> !owner.equals(account)).isPresent()) {
        throw BucketException.accessDenied();
      }
    }

    private List<Buckets.Listed> list() {
      return buckets.list(bucket, job.description().source().prefix().orElse(""), job.done());
    }

    private boolean isDone(Buckets.Listed object) {
      Optional<List<Guard>> held = catalogue.hold(Duty.ARCHIVING);
      if (stopped || held.isEmpty()) {
        return false;
      }
      guards = held.get();
      job = job.reading(new ReadObject(object.key(), object.version()));
      ImportRun run =
          new ImportRun(
              job.description(), object.key(), table, writers, () -> stopped, this::count);
      try (InputStream file = buckets.read(bucket, object)) {
        if (!run.run(file, job.records())) {
          imports.advance(job, guards);
          return false;
        }
      } catch (StorageFailedException failure) {
        // The next attempt goes on from here.
        imports.advance(job, guards);
        throw failure;
      } catch (IOException failure) {
        LOG.warn("object {} cannot be closed: {}", object.key(), failure.getMessage());
      }
      job = job.after(object.key(), job.description().counts());
      imports.advance(job, guards);
      return true;
    }

    /** Counts a batch that is durable, and stores now and then how far the import has come. */
    private void count(ImportBatch batch) {
      ImportDescription.Counts before = job.description().counts();
      List<ErrorLines.Line> refused = batch.refused();
      write(refused, before.errors());
      long records = batch.end() - job.records();
      job =
          job.within(
              batch.end(),
              new ImportDescription.Counts(
                  before.bytes() + batch.readBytes(),
                  before.processed() + records,
                  before.imported() + records - refused.size(),
                  before.errors() + refused.size()));
      batches++;
      if (batches % BATCHES_PER_ADVANCE == 0) {
        imports.advance(job, guards);
      }
    }

    private void write(List<ErrorLines.Line> refused, long first) {
      long room = ImportErrors.MAX_WRITTEN - first;
      if (!refused.isEmpty() && room > 0) {
        List<ErrorLines.Line> written = refused.subList(0, (int) Math.min(room, refused.size()));
        errors.write(
            job.description().arn().id(), first, ErrorLines.of(job.description().arn(), written));
      }
    }

    private void finish() {
      ImportDescription.Counts counts = job.description().counts();
      table.finish(settings, clock);
      if (counts.errors() > 0) {
        fail(
            "ItemValidationError",
            "Some of the items failed validation checks and were not imported. Please check"
                + " CloudWatch error logs for more details.");
      } else {
        imports.end(job.description().completed(now()), guards);
      }
      LOG.info(
          "table {} is imported: {} items, {} errors",
          job.description().table().arn(),
          counts.imported(),
          counts.errors());
    }

    private void fail(String code, String message) {
      imports.end(job.description().failed(now(), new TransferFailure(code, message)), guards);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
