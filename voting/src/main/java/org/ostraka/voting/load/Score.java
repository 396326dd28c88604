package org.ostraka.voting.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What became of the votes of a load. Any thread. Times are counted in steps of a twentieth, so a
 * percentile is at most five per cent too long.
 */
public final class Score {
  private static final double STEP = 1.05;
  private static final int STEPS = 400;

  private final AtomicLongArray times = new AtomicLongArray(STEPS);
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicReference<String> firstRejection = new AtomicReference<>("");
  private final AtomicLong givenUp = new AtomicLong();
  private final AtomicLong notSent = new AtomicLong();

  /** Counts a vote with a receipt, and the time from its arrival to the receipt. */
  public void acknowledge(Duration time) {
    var _ = acknowledged.incrementAndGet();
    double micros = Math.max(1, time.toNanos() / 1e3);
    int step = (int) Math.min(STEPS - 1, Math.ceil(Math.log(micros) / Math.log(STEP)));
    var _ = times.incrementAndGet(step);
  }

  /** Counts receipts of another score, some times each. */
  public void add(Score other, long times) {
    var _ = acknowledged.addAndGet(times * other.acknowledged.get());
    for (int step = 0; step < STEPS; step++) {
      var _ = this.times.addAndGet(step, times * other.times.get(step));
    }
  }

  void retry() {
    var _ = retried.incrementAndGet();
  }

  void refuse() {
    var _ = refused.incrementAndGet();
  }

  /** Counts a vote with an answer that says that the load is not set up as the server expects. */
  void reject(String answer) {
    var _ = rejected.incrementAndGet();
    boolean _ = firstRejection.compareAndSet("", answer);
  }

  void giveUp() {
    var _ = givenUp.incrementAndGet();
  }

  void leaveOut() {
    var _ = notSent.incrementAndGet();
  }

  public long acknowledged() {
    return acknowledged.get();
  }

  /** Returns how many attempts were repeated. */
  public long retried() {
    return retried.get();
  }

  /** Returns how many votes were refused because the voter has another one. */
  public long refused() {
    return refused.get();
  }

  /** Returns how many votes were refused otherwise: no valid token, no such election, not open. */
  public long rejected() {
    return rejected.get();
  }

  /** Returns the first answer that was counted as rejected; empty when there is none. */
  public String firstRejection() {
    return firstRejection.get();
  }

  /** Returns how many votes have no answer that tells whether they are stored. */
  public long givenUp() {
    return givenUp.get();
  }

  /** Returns how many votes were not sent because too many were in flight. */
  public long notSent() {
    return notSent.get();
  }

  /** Returns whether each vote was sent and has a receipt, or lost to another one of its voter. */
  public boolean isWhole() {
    return rejected.get() == 0 && givenUp.get() == 0 && notSent.get() == 0;
  }

  /**
   * Returns the time within which this share of the receipts came, in milliseconds; not a number
   * when there are no receipts.
   */
  public double percentileMillis(double share) {
    long[] counts = new long[STEPS];
    Arrays.setAll(counts, times::get);
    long wanted = Math.max(1, (long) Math.ceil(share * Arrays.stream(counts).sum()));
    long seen = 0;
    for (int step = 0; step < STEPS; step++) {
      seen += counts[step];
      if (seen >= wanted) {
        return Math.pow(STEP, step) / 1e3;
      }
    }
    return Double.NaN;
  }
}
