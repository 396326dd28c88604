package org.ostraka.engine.operation;

import java.time.Duration;
import org.ostraka.model.Limits;

/**
 * The engine's settings that an operator may choose. Immutable.
 *
 * @param tableTransition how long tables stay in CREATING, UPDATING and DELETING, and their time to
 *     live in ENABLING and DISABLING; zero to {@link #MAX_TABLE_TRANSITION}
 * @param timeToLiveCooldown how long a table's time to live cannot be changed again; zero to {@link
 *     #MAX_TIME_TO_LIVE_COOLDOWN}
 * @param pagesAtOnce the maximum number of pages of queries and scans that are read at the same
 *     time, 1 or more
 * @param collectionLimitBytes the maximum size of an item collection, 1 or more; the service's
 *     limit except in tests
 * @param streams the settings of streams
 * @param capacity what is done with requests for which the service would have no capacity
 */
public record EngineSettings(
    Duration tableTransition,
    Duration timeToLiveCooldown,
    int pagesAtOnce,
    long collectionLimitBytes,
    StreamSettings streams,
    CapacityMode capacity) {
  /** The number of pages that are read at the same time when the operator does not choose one. */
  public static final int DEFAULT_PAGES_AT_ONCE = 8;

  /** The maximum transition, longer than the service ever takes for a table without replicas. */
  public static final Duration MAX_TABLE_TRANSITION = Duration.ofDays(1);

  /** The maximum cooldown, longer than the service's, which is about 31 minutes. */
  public static final Duration MAX_TIME_TO_LIVE_COOLDOWN = Duration.ofDays(1);

  /** The default settings: tables change without a transition. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ZERO);

  /**
   * Makes settings with the default number of pages and the service's collection limit, without a
   * cooldown.
   */
  public EngineSettings(Duration tableTransition) {
    this(
        tableTransition,
        Duration.ZERO,
        DEFAULT_PAGES_AT_ONCE,
        Limits.ITEM_COLLECTION_BYTES,
        StreamSettings.DEFAULT,
        CapacityMode.REPORT);
  }

  public EngineSettings {
    requireWithin(tableTransition, MAX_TABLE_TRANSITION, "a table's transition");
    requireWithin(timeToLiveCooldown, MAX_TIME_TO_LIVE_COOLDOWN, "the cooldown of time to live");
    if (pagesAtOnce < 1) {
      throw new IllegalArgumentException("one page at least is read");
    }
    if (collectionLimitBytes < 1) {
      throw new IllegalArgumentException("an item collection may have one byte at least");
    }
  }

  private static void requireWithin(Duration duration, Duration max, String what) {
    if (duration.isNegative() || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(what + " takes no time to " + max.toHours() + " hours");
    }
  }

  /** Returns the same settings with another cooldown of time to live. */
  public EngineSettings withTimeToLiveCooldown(Duration cooldown) {
    return new EngineSettings(
        tableTransition, cooldown, pagesAtOnce, collectionLimitBytes, streams, capacity);
  }

  /** Returns the same settings with another number of pages. */
  public EngineSettings withPagesAtOnce(int pages) {
    return new EngineSettings(
        tableTransition, timeToLiveCooldown, pages, collectionLimitBytes, streams, capacity);
  }

  /** Returns the same settings with another limit for item collections. */
  public EngineSettings withCollectionLimitBytes(long bytes) {
    return new EngineSettings(
        tableTransition, timeToLiveCooldown, pagesAtOnce, bytes, streams, capacity);
  }

  /** Returns the same settings with other settings of streams. */
  public EngineSettings withStreams(StreamSettings other) {
    return new EngineSettings(
        tableTransition, timeToLiveCooldown, pagesAtOnce, collectionLimitBytes, other, capacity);
  }

  /** Returns the same settings with another mode of capacity. */
  public EngineSettings withCapacity(CapacityMode other) {
    return new EngineSettings(
        tableTransition, timeToLiveCooldown, pagesAtOnce, collectionLimitBytes, streams, other);
  }
}
