package org.ostraka.voting.simulate;

import java.time.Duration;
import org.ostraka.voting.load.Score;

/** What became of the votes of a simulation: receipts by second, and times. One thread. */
public final class Timeline {
  private final long[] receipts;
  private final Score score = new Score();
  private long arrived;
  private long refused;

  public Timeline(int seconds) {
    this.receipts = new long[seconds];
  }

  void arrive() {
    arrived++;
  }

  void refuse() {
    refused++;
  }

  /** Counts a receipt and the time that its voter waited. */
  void receipt(double now, double waited) {
    receipts[Math.min((int) now, receipts.length - 1)]++;
    score.acknowledge(Duration.ofNanos((long) (waited * 1e9)));
  }

  /** Adds what other cells did that were like one that was simulated. */
  public void add(Timeline other, long times) {
    for (int second = 0; second < receipts.length; second++) {
      receipts[second] += times * other.receipts[second];
    }
    score.add(other.score, times);
    arrived += times * other.arrived;
    refused += times * other.refused;
  }

  /** Returns receipts in each second. */
  public long[] receipts() {
    return receipts.clone();
  }

  /** Returns how many votes arrived. */
  public long arrived() {
    return arrived;
  }

  /** Returns how many attempts were answered with 503 and came again. */
  public long refused() {
    return refused;
  }

  /** Returns the time from arrival to receipt within which a share of all receipts came. */
  public double percentileMillis(double share) {
    return score.percentileMillis(share);
  }

  /** Returns how many receipts were given. */
  public long given() {
    return score.acknowledged();
  }
}
