package org.ostraka.engine.operation;

import java.time.Duration;
import org.ostraka.model.Limits;

/**
 * What an operator may choose about the engine. Immutable.
 *
 * @param tableTransition how long tables stay in CREATING, UPDATING and DELETING; zero to {@link
 *     #MAX_TABLE_TRANSITION}
 * @param pagesAtOnce pages of queries and scans that are read at the same time, 1 or more
 * @param collectionLimitBytes how large an item collection may be, 1 or more; the service's limit
 *     but in tests
 */
public record EngineSettings(Duration tableTransition, int pagesAtOnce, long collectionLimitBytes) {
  /** Pages that are read at the same time where nobody says how many a machine can bear. */
  public static final int DEFAULT_PAGES_AT_ONCE = 8;

  /** Longer than the service ever takes for a table without replicas. */
  public static final Duration MAX_TABLE_TRANSITION = Duration.ofDays(1);

  /** Tables change at once. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ZERO);

  /** Settings for a machine of which nothing is known. */
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

  /** The same with another number of pages. */
  public EngineSettings withPagesAtOnce(int pages) {
    return new EngineSettings(tableTransition, pages, collectionLimitBytes);
  }

  /** The same with another limit for item collections. */
  public EngineSettings withCollectionLimitBytes(long bytes) {
    return new EngineSettings(tableTransition, pagesAtOnce, bytes);
  }
}
