package org.ostraka.server.audit;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ostraka.engine.load.OverloadedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of a server. A request takes a place in the queue before it is carried out, so that
 * its event finds room in any case; without a place it is refused (decision 40). Any thread.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  /** Events that may wait to be written, at most some kilobytes each. */
  private static final int PLACES = 4096;

  private static final int BATCH = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long the answer to an operation on tables waits until its event is on the disk. */
  private static final Duration WRITE_PATIENCE = Duration.ofSeconds(5);

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration SEALING = Duration.ofMinutes(1);
  private static final int REFUSALS_PER_SECOND = 10;

  private final AuditFiles files;
  private final LongSupplier nanoClock;
  private final ItemEvents dataEvents;
  private final Semaphore places = new Semaphore(PLACES);
  private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread writer;
  private volatile boolean failing;
  private long refusalSecond;
  private int refusals;
  private long notRecorded;

  private record Entry(AuditEvent event, CountDownLatch done) {}

  private AuditLog(
      AuditFiles files, ItemEvents dataEvents, LongSupplier nanoClock, ThreadFactory threads) {
    this.files = files;
    this.dataEvents = dataEvents;
    this.nanoClock = nanoClock;
    this.writer = threads.newThread(this::run);
  }

  /**
   * Opens a log to continue it.
   *
   * @param nanoClock the clock of pauses, such as {@code System::nanoTime}
   * @param threads makes the thread that writes
   * @param random makes 32 random bytes, for the first key of a new log
   */
  public static AuditLog open(
      AuditSettings settings,
      InstantSource clock,
      LongSupplier nanoClock,
      ThreadFactory threads,
      Supplier<byte[]> random)
      throws AuditException {
    try {
      AuditLog log =
          new AuditLog(
              AuditFiles.open(settings, clock, random), settings.dataEvents(), nanoClock, threads);
      log.writer.start();
      return log;
    } catch (IOException unusable) {
      throw new AuditException(
          "the audit log in " + settings.directory() + " cannot be opened: " + unusable);
    }
  }

  /** Returns whether an operation is recorded. */
  public boolean records(AuditedOperation operation) {
    return operation.isManagement()
        || dataEvents == ItemEvents.ALL
        || (dataEvents == ItemEvents.WRITES && !operation.isReadOnly());
  }

  /**
   * Takes a place for the event of a request, before the request is carried out.
   *
   * @throws OverloadedException when there is none, or when an operation on tables could not be
   *     recorded
   */
  public Place place(AuditedOperation operation) {
    if (operation.isManagement() && failing) {
      throw new OverloadedException("the audit log cannot be written");
    }
    try {
      if (places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Place(operation.isManagement());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new OverloadedException("too many events wait to be recorded");
  }

  /**
   * A place for one event, which is free again when the event is written, or closed without one.
   */
  public final class Place implements AutoCloseable {
    private final boolean waits;
    private boolean used;

    private Place(boolean waits) {
      this.waits = waits;
    }

    /** Records the event, once. Returns when it is on the disk, if it concerns tables. */
    public void record(AuditEvent event) {
      used = true;
      Entry entry = new Entry(event, new CountDownLatch(1));
      queue.add(entry);
      if (waits) {
        await(entry.done);
      }
    }

    @Override
    public void close() {
      if (!used) {
        used = true;
        places.release();
      }
    }
  }

  /**
   * Records a request that was not authenticated, unless there were many in this second.
   *
   * @param event makes the event, given the number of those before that were not recorded
   */
  public void refused(LongFunction<AuditEvent> event) {
    long omitted = omittedIfRecorded();
    if (omitted >= 0) {
      try (Place place = new Place(false)) {
        place.record(event.apply(omitted));
      }
    }
  }

  /** Returns the number of omitted refusals, or -1 if this one is omitted too. */
  private synchronized long omittedIfRecorded() {
    long second = nanoClock.getAsLong() / TimeUnit.SECONDS.toNanos(1);
    if (second != refusalSecond) {
      refusalSecond = second;
      refusals = 0;
    }
    if (refusals == REFUSALS_PER_SECOND || !places.tryAcquire()) {
      notRecorded++;
      return -1;
    }
    refusals++;
    long omitted = notRecorded;
    notRecorded = 0;
    return omitted;
  }

  private static void await(CountDownLatch done) {
    try {
      if (!done.await(WRITE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("an operation was carried out, and its event waits to be recorded");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long lastSeal = nanoClock.getAsLong();
    boolean goesOn = true;
    while (goesOn) {
      goesOn = !isStopping();
      List<Entry> batch = nextBatch(goesOn);
      goesOn |= !batch.isEmpty();
      write(batch);
      if (nanoClock.getAsLong() - lastSeal > SEALING.toNanos()) {
        lastSeal = nanoClock.getAsLong();
        tryTo(files::seal);
      }
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private List<Entry> nextBatch(boolean waits) {
    List<Entry> batch = new ArrayList<>();
    try {
      Entry first = waits ? queue.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS) : queue.poll();
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, BATCH - 1);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return batch;
  }

  /** Writes events, again and again until it succeeds or the server stops. */
  private void write(List<Entry> batch) {
    boolean done = batch.isEmpty();
    while (!done) {
      done = tryToWrite(batch);
      if (!done && pauseEndedByStop()) {
        done = tryToWrite(batch);
        if (!done) {
          LOG.error("{} events could not be recorded before the server stopped", batch.size());
        }
        done = true;
      }
    }
    batch.forEach(entry -> {
      entry.done.countDown();
      places.release();
    });
  }

  private boolean tryToWrite(List<Entry> batch) {
    boolean wasWritten =
        tryTo(() -> {
          files.discard();
          batch.forEach(entry -> files.add(entry.event));
          files.flush(batch.stream().anyMatch(entry -> entry.event.operation().isManagement()));
        });
    if (wasWritten) {
      tryTo(files::rotate);
    }
    return wasWritten;
  }

  private boolean pauseEndedByStop() {
    try {
      return stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Work on files. */
  private interface FileWork {
    void run() throws IOException;
  }

  private boolean tryTo(FileWork work) {
    try {
      work.run();
      if (failing) {
        failing = false;
        LOG.info("the audit log can be written again");
      }
      return true;
    } catch (IOException | RuntimeException | Error failure) {
      // Whatever it is, it must not end the thread: then nothing would be recorded any more.
      if (!failing) {
        failing = true;
        LOG.error(
            "the audit log cannot be written; operations on tables are refused until it can",
            failure);
      }
      return false;
    }
  }

  /** Writes what waits, seals the log and closes it. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      writer.join();
      files.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.error("the audit log could not be sealed: {}", failure.toString());
    }
  }
}
