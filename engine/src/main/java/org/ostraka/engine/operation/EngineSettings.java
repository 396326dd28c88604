package org.ostraka.engine.operation;

import java.time.Duration;
import org.ostraka.model.Limits;

/**
 * The engine's settings that an operator may choose. Immutable.
 *
 * @param tableTransition how long tables stay in CREATING, UPDATING and DELETING; zero to {@link
 *     #MAX_TABLE_TRANSITION}
 * @param pagesAtOnce the maximum number of pages of queries and scans that are read at the same
 *     time, 1 or more
 * @param collectionLimitBytes the maximum size of an item collection, 1 or more; the service's
 *     limit except in tests
 */
public record EngineSettings(Duration tableTransition, int pagesAtOnce, long collectionLimitBytes) {
  /** The number of pages that are read at the same time when the operator does not choose one. */
  public static final int DEFAULT_PAGES_AT_ONCE = 8;

  /** The maximum transition, longer than the service ever takes for a table without replicas. */
  public static final Duration MAX_TABLE_TRANSITION = Duration.ofDays(1);

  /** The default settings: tables change without a transition. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ZERO);

  /** Makes settings with the default number of pages and the service's collection limit. */
  public EngineSettings(Duration tableTransition) {
    this(tableTransition, DEFAULT_PAGES_AT_ONCE, Limits.ITEM_COLLECTION_BYTES);
  }

  public EngineSettings {
    if (tableTransition.isNegative() || tableTransition.compareTo(MAX_TABLE_TRANSITION) > 0) {
      throw new IllegalArgumentException("a table's transition takes no time to a day");
    }
    if (pagesAtOnce < 1) {
      throw new IllegalArgumentException("one page at least is read");
    }
    if (collectionLimitBytes < 1) {
      throw new IllegalArgumentException("an item collection may have one byte at least");
    }
  }

  /** Returns the same settings with another number of pages. */
  public EngineSettings withPagesAtOnce(int pages) {
    return new EngineSettings(tableTransition, pages, collectionLimitBytes);
  }

  /** Returns the same settings with another limit for item collections. */
  public EngineSettings withCollectionLimitBytes(long bytes) {
    return new EngineSettings(tableTransition, pagesAtOnce, bytes);
  }
}
