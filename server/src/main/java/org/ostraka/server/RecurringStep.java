package org.ostraka.server;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ostraka.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of background work that is done again and again, also after a failure. One thread at a
 * time.
 *
 * <p>After each failure in a row it rests for twice as long, up to a bound and for a random part of
 * that; runs during a rest do nothing. The log names a failure at once, but of storage that fails
 * only one in a minute, and the first success after failures that it named.
 */
final class RecurringStep implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RecurringStep.class);
  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  /** More doublings than any rest needs. */
  private static final long MAX_DOUBLINGS = 20;

  private final Work work;
  private final Rests rests;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private long failures;
  private long failingSince;
  private long restsUntil;
  private long quietUntil;
  private boolean isNamed;

  /**
   * What is done.
   *
   * @param name what the log calls it
   * @param waiting returns what waits while the step fails, in words; empty when nothing does
   */
  record Work(String name, Runnable step, Supplier<String> waiting) {
    Work(String name, Runnable step) {
      this(name, step, () -> "");
    }
  }

  /**
   * How long the step rests.
   *
   * @param every the time between two runs
   * @param longest the longest rest after failures; not longer than {@code every} for none
   */
  record Rests(Duration every, Duration longest) {}

  RecurringStep(Work work, Rests rests, LongSupplier nanoTime, RandomGenerator random) {
    this.work = work;
    this.rests = rests;
    this.nanoTime = nanoTime;
    this.random = random;
    this.quietUntil = nanoTime.getAsLong();
  }

  @Override
  public void run() {
    if (failures > 0 && nanoTime.getAsLong() - restsUntil < 0) {
      return;
    }
    try {
      work.step().run();
    } catch (RuntimeException | Error failure) {
      // An exception would end the timer silently.
      failed(failure);
      return;
    }
    if (isNamed) {
      LOG.info(
          "{} works again, after {} in {}",
          work.name(),
          failures == 1 ? "1 failure" : failures + " failures",
          failingFor().toString());
    }
    failures = 0;
    isNamed = false;
  }

  private void failed(Throwable failure) {
    long now = nanoTime.getAsLong();
    failures++;
    if (failures == 1) {
      failingSince = now;
    }
    boolean isMistake = failures == 1 && !(failure instanceof StorageException);
    if (isMistake || now - quietUntil >= 0) {
      quietUntil = now + BETWEEN_WARNINGS.toNanos();
      isNamed = true;
      warn(failure);
    }
    restsUntil = now + rest();
  }

  private void warn(Throwable failure) {
    String times =
        failures == 1 ? "has failed" : "has failed " + failures + " times in " + failingFor();
    if (failure instanceof StorageException) {
      LOG.warn(
          "{} {} and will be tried again: {}{}",
          work.name(),
          times,
          failure.getMessage(),
          waiting());
    } else {
      LOG.error("{} {}, is broken, and will be tried again", work.name(), times, failure);
    }
  }

  /**
   * Returns what waits, behind a separator. The store that is read for it may be what fails, and
   * what is thrown here would end the timer.
   */
  private String waiting() {
    try {
      String waiting = work.waiting().get();
      return waiting.isEmpty() ? "" : "; waiting: " + waiting;
    } catch (StorageException _) {
      return "";
    } catch (RuntimeException | Error broken) {
      LOG.error("what waits for {} cannot be listed", work.name(), broken);
      return "";
    }
  }

  private Duration failingFor() {
    return Duration.ofSeconds(Duration.ofNanos(nanoTime.getAsLong() - failingSince).toSeconds());
  }

  /** Returns the nanoseconds of the next rest, between a half and the whole of its bound. */
  private long rest() {
    if (rests.longest().compareTo(rests.every()) <= 0) {
      return 0;
    }
    long doubled = rests.every().toNanos() << Math.min(failures, MAX_DOUBLINGS);
    long bound = Math.min(doubled, rests.longest().toNanos());
    return bound / 2 + random.nextLong(bound / 2 + 1);
  }
}
