package org.ostraka.engine.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Memory that the requests in flight share. Any thread. */
public final class SharedRoom {
  private static final int UNIT_BYTES = 1024;

  private final Semaphore leftUnits;
  private final int maxUnits;
  private final Duration patience;

  /**
   * Makes room of a size.
   *
   * @param patience how long {@link Room#await} waits
   */
  public SharedRoom(long maxBytes, Duration patience) {
    this.maxUnits = units(maxBytes);
    this.leftUnits = new Semaphore(maxUnits, true);
    this.patience = patience;
  }

  /** Returns the share of one request, which holds nothing yet. */
  public Room share() {
    return new Share();
  }

  /** Returns the bytes in whole units, rounded up; at most the largest int. */
  private static int units(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
  }

  /** The share of one request. The request's thread. */
  private final class Share implements Room {
    private int heldUnits;

    @Override
    public boolean hold(long bytes) {
      int wanted = units(bytes);
      if (wanted > heldUnits && !leftUnits.tryAcquire(wanted - heldUnits)) {
        return false;
      }
      if (wanted < heldUnits) {
        leftUnits.release(heldUnits - wanted);
      }
      heldUnits = wanted;
      return true;
    }

    @Override
    public boolean await(long bytes) {
      hold(0);
      int wanted = units(bytes);
      boolean came = wanted <= maxUnits && cameInTime(wanted);
      heldUnits = came ? wanted : 0;
      return came;
    }

    private boolean cameInTime(int wanted) {
      try {
        return leftUnits.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
