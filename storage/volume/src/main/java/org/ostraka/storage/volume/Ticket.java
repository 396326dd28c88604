package org.ostraka.storage.volume;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageFailedException;

/**
 * What became of one submission to the committer. Any thread may wait; only the committer settles
 * it, and what it settled first stands.
 */
final class Ticket {
  private enum Outcome {
    DURABLE,
    FAILED,
    UNKNOWN
  }

  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable Outcome outcome;
  private volatile @Nullable Throwable cause;

  void durable() {
    settle(Outcome.DURABLE, null);
  }

  void failed(Throwable why) {
    settle(Outcome.FAILED, why);
  }

  void unknown(Throwable why) {
    settle(Outcome.UNKNOWN, why);
  }

  /**
   * Waits until the submission is durable, or throws what became of it. Interrupts are kept for
   * later.
   */
  void await() {
    awaitSettled();
    throwIfLost();
  }

  /** Throws what became of a submission that is lost. */
  void throwIfLost() {
    Throwable why = cause;
    if (why == null) {
      return;
    }
    if (outcome == Outcome.UNKNOWN) {
      throw new OutcomeUnknownException("a write failed half-way: " + why.getMessage(), why);
    }
    if (why instanceof CorruptDataException) {
      throw new CorruptDataException(String.valueOf(why.getMessage()), why);
    }
    throw new StorageFailedException(reason(why), why);
  }

  private static String reason(Throwable why) {
    return switch (why) {
      case StorageFailedException failed -> failed.reason();
      case VolumeFullException full -> String.valueOf(full.getMessage());
      default -> "the write failed";
    };
  }

  private void settle(Outcome outcome, @Nullable Throwable cause) {
    if (settled.getCount() == 0) {
      return;
    }
    this.cause = cause;
    this.outcome = outcome;
    settled.countDown();
  }

  private void awaitSettled() {
    boolean interrupted = false;
    while (true) {
      try {
        settled.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
