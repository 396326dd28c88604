package org.ostraka.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.transfer.BulkJob;
import org.ostraka.engine.transfer.BulkOperations;
import org.ostraka.engine.transfer.ReadObject;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.TransferArn;
import org.ostraka.model.TransferFailure;
import org.ostraka.model.error.ApiException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out bulk operations in progress, several at once. One thread at a time; {@link #stop} may
 * be called by any.
 */
public final class BulkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

  /** The objects of an operation, and the bytes of one ("Quotas for bulk put items"). */
  private static final int MAX_OBJECTS = 50_000;

  private static final long MAX_OBJECT_BYTES = 5L << 30;

  /** The operations that run at once; others wait. Each has some megabytes of items in memory. */
  public static final int MAX_RUNNING = 4;

  /** The longest rest in which a stop is not seen. */
  private static final Duration MAX_REST = Duration.ofMillis(200);

  private static final double NANOS_PER_SECOND = 1e9;

  private final Catalogue catalogue;
  private final Buckets buckets;
  private final Clock clock;
  private final Consumer<Duration> rest;
  private final BulkOperations operations;
  private final BulkTable table;
  private final BulkReports reports;
  private final Expressions expressions = new Expressions();
  private final Executor threads;
  private final Set<TransferArn> running = ConcurrentHashMap.newKeySet();

  /** The operation that was begun last; used by the thread of {@link #run}. */
  private @Nullable TransferArn lastBegun;

  private volatile boolean stopped;

  /**
   * Makes a writer.
   *
   * @param rest waits, for an operation that may not write faster
   * @param threads run operations, at least {@link #MAX_RUNNING} at once
   */
  public BulkWriter(
      Store store,
      Catalogue catalogue,
      Buckets buckets,
      Clock clock,
      Consumer<Duration> rest,
      Executor threads) {
    this.threads = threads;
    this.catalogue = catalogue;
    this.buckets = buckets;
    this.clock = clock;
    this.rest = rest;
    this.operations = new BulkOperations(store);
    this.table = new BulkTable(store, catalogue, operations);
    this.reports = new BulkReports(buckets, operations);
  }

  /** Stops {@link #run} after the decision in progress. */
  public void stop() {
    stopped = true;
  }

  /**
   * Begins the operations that are in progress and do not run yet, if archiving is this server's
   * duty, up to {@link #MAX_RUNNING} at once. Those that were cancelled end here. An operation that
   * fails for a reason that may pass is begun again by a later call, after the others had their
   * turn.
   */
  public void run() {
    for (BulkJob job : inTurn(operations.inProgress())) {
      TransferArn arn = job.operation().arn();
      boolean ends = job.operation().status() == BulkOperation.Status.CANCELLING;
      boolean hasRoom = ends || running.size() < MAX_RUNNING;
      if (!stopped && hasRoom && running.add(arn)) {
        lastBegun = ends ? lastBegun : arn;
        (ends ? (Executor) Runnable::run : threads).execute(() -> attempt(job));
      }
    }
  }

  /** Returns the operations, first those that started later than the one that was begun last. */
  private List<BulkJob> inTurn(List<BulkJob> jobs) {
    TransferArn last = lastBegun;
    if (last == null) {
      return jobs;
    }
    List<BulkJob> ordered = new ArrayList<>(jobs);
    ordered.sort(Comparator.comparing(job -> job.operation().arn().compareTo(last) <= 0));
    return ordered;
  }

  private void attempt(BulkJob job) {
    try {
      if (!stopped) {
        catalogue.hold(Duty.ARCHIVING).ifPresent(held -> new Running(job, held).run());
      }
    } catch (GuardMismatchException _) {
      // Another server has the duty now.
    } catch (StorageException failed) {
      if (!stopped) {
        LOG.warn(
            "bulk operation {} will be tried again: {}",
            job.operation().arn(),
            failed.getMessage());
      }
    } finally {
      running.remove(job.operation().arn());
    }
  }

  /** The job was changed by somebody else: it was cancelled. */
  private static final class ChangedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChangedException() {
      super(null, null, false, false);
    }
  }

  /** One operation. One thread. */
  private final class Running {
    private final BucketName bucket;
    private BulkJob job;
    private List<Guard> guards;
    private long reportBytes;

    Running(BulkJob job, List<Guard> guards) {
      BulkOperation.Input input = job.operation().input();
      this.job = job;
      this.guards = guards;
      this.bucket = new BucketName(input.bucket(), input.owner());
    }

    void run() {
      try {
        if (job.operation().status() == BulkOperation.Status.CANCELLING) {
          cancel();
        } else if (write()) {
          end(job.operation().completed(now()));
        }
      } catch (ChangedException _) {
        // The next turn cancels it.
      } catch (BucketException refused) {
        fail(refused.code(), refused.text());
      } catch (ApiException refused) {
        fail(refused.getClass().getSimpleName(), refused.text());
      } catch (StorageException | GuardMismatchException passing) {
        throw passing;
      } catch (RuntimeException | StackOverflowError broken) {
        // An operation that breaks must not stop the others for ever.
        LOG.error("bulk operation {} is broken", job.operation().arn(), broken);
        fail("InternalServerError", "The operation cannot be carried out");
      }
    }

    /** Puts the items of all objects; returns whether that is done. */
    private boolean write() {
      requireOwners();
      if (job.operation().counts().totalBytes().isEmpty()) {
        reports.begin(job.operation());
        become(job.ofTotal(totalBytes()));
      }
      List<Buckets.Listed> objects = list(job.done());
      SameObjects.require(job.records(), job.reading(), objects);
      boolean goesOn = true;
      while (goesOn && !objects.isEmpty()) {
        goesOn = objects.stream().allMatch(this::isDone);
        objects = goesOn ? list(job.done()) : List.of();
      }
      return goesOn;
    }

    private void requireOwners() {
      String account = job.operation().arn().table().owner().account().toString();
      boolean isOther =
          job.operation().input().owner().filter(owner -> !owner.equals(account)).isPresent()
              || job.operation()
                  .output()
                  .owner()
                  .filter(owner -> !owner.equals(account))
                  .isPresent();
      if (isOther) {
        throw BucketException.accessDenied();
      }
    }

    private List<Buckets.Listed> list(Optional<String> after) {
      return buckets.list(bucket, job.operation().input().prefix().orElse(""), after);
    }

    private long totalBytes() {
      long bytes = 0;
      long count = 0;
      List<Buckets.Listed> some = list(Optional.empty());
      while (!some.isEmpty()) {
        for (Buckets.Listed object : some) {
          count++;
          bytes += object.sizeBytes();
          if (count > MAX_OBJECTS || object.sizeBytes() > MAX_OBJECT_BYTES) {
            // Our own words: the service's are not known.
            throw new BucketException(
                "InputLimitExceeded",
                "There are more than " + MAX_OBJECTS + " objects, or one has more than 5 GB");
          }
        }
        some = list(Optional.of(some.getLast().key()));
      }
      return bytes;
    }

    private boolean isDone(Buckets.Listed object) {
      Optional<List<Guard>> held = catalogue.hold(Duty.ARCHIVING);
      if (stopped || held.isEmpty()) {
        return false;
      }
      guards = held.get();
      if (job.records() == 0) {
        become(job.reading(new ReadObject(object.key(), object.version())));
      }
      try (InputStream file = buckets.read(bucket, object)) {
        BulkRun run = new BulkRun(job.operation().input(), expressions, file);
        run.skip(job.records(), () -> stopped);
        if (stopped) {
          return false;
        }
        List<BulkPart.Read> records = run.some();
        while (!records.isEmpty()) {
          settle(object.key(), records, run.readBytes());
          if (stopped) {
            return false;
          }
          records = run.some();
        }
      } catch (IOException failure) {
        LOG.warn("object {} cannot be closed: {}", object.key(), failure.getMessage());
      }
      become(job.after(object.key(), object.sizeBytes()));
      return true;
    }

    private void settle(String key, List<BulkPart.Read> records, long readBytes) {
      List<BulkPart.Read> left = records;
      while (!left.isEmpty() && !stopped) {
        BulkTable.Settled settled = table.settle(job, key, left, readBytes, guards);
        if (!settled.isDone()) {
          throw new ChangedException();
        }
        job = settled.job();
        left = left.subList(settled.taken(), left.size());
        reportBytes += settled.reportBytes();
        if (reportBytes >= BulkReports.FILE_BYTES) {
          fileReports();
        }
        job.operation().maxWriteUnits().ifPresent(most -> rest(time(settled.units() / most)));
      }
    }

    /** Waits in parts, so that a server that stops does not wait for long. */
    private void rest(Duration time) {
      Duration left = time;
      while (left.isPositive() && !stopped) {
        Duration part = left.compareTo(MAX_REST) < 0 ? left : MAX_REST;
        rest.accept(part);
        left = left.minus(part);
      }
    }

    private static Duration time(double seconds) {
      return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
    }

    private void become(BulkJob next) {
      if (!operations.store(job, next, List.of(), guards)) {
        throw new ChangedException();
      }
      job = next;
    }

    private void fileReports() {
      job = reports.file(job, guards).orElseThrow(ChangedException::new);
      reportBytes = 0;
    }

    private void cancel() {
      end(job.operation().cancelled(now()));
    }

    private void end(BulkOperation ended) {
      fileReports();
      reports.end(ended, job);
      if (!operations.end(job, ended, guards)) {
        throw new ChangedException();
      }
      LOG.info(
          "bulk operation {} has ended: {}, {} items",
          ended.arn(),
          ended.status(),
          ended.counts().items());
    }

    private void fail(String code, String message) {
      BulkOperation failed = job.operation().failed(now(), new TransferFailure(code, message));
      try {
        end(failed);
      } catch (BucketException _) {
        // There is nowhere to report to. If the job has changed, the next turn ends it.
        var _ = operations.end(job, failed, guards);
      } catch (ChangedException _) {
        // The next turn cancels it.
      }
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
