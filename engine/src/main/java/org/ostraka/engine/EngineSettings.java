package org.ostraka.engine;

import java.time.Duration;
import org.ostraka.model.Limits;

/**
 * What an operator may choose about the engine. Immutable.
 *
 * @param tableTransition how long tables stay in CREATING, UPDATING and DELETING; zero to {@link
 *     #MAX_TABLE_TRANSITION}
 * @param transactionConflictRate the part of transactions that are cancelled as if they met another
 *     one, 0 to 1
 * @param pagesAtOnce pages of queries and scans that are read at the same time, 1 or more
 * @param collectionLimitBytes how large an item collection may be, 1 or more; the service's limit
 *     but in tests
 */
public record EngineSettings(
    Duration tableTransition,
    double transactionConflictRate,
    int pagesAtOnce,
    long collectionLimitBytes) {
  /** Pages that are read at the same time where nobody says how many a machine can bear. */
  public static final int DEFAULT_PAGES_AT_ONCE = 8;

  /** Longer than the service ever takes for a table without replicas. */
  public static final Duration MAX_TABLE_TRANSITION = Duration.ofDays(1);

  /** Tables change at once, and transactions do not conflict. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ZERO, 0);

  /** Settings for a machine of which nothing is known. */
  public EngineSettings(Duration tableTransition, double transactionConflictRate) {
    this(
        tableTransition,
        transactionConflictRate,
        DEFAULT_PAGES_AT_ONCE,
        Limits.ITEM_COLLECTION_BYTES);
  }

  public EngineSettings {
    if (tableTransition.isNegative() || tableTransition.compareTo(MAX_TABLE_TRANSITION) > 0) {
      throw new IllegalArgumentException("a table's transition takes no time to a day");
    }
    // Not a number is in no range.
    if (!(transactionConflictRate >= 0 && transactionConflictRate <= 1)) {
      throw new IllegalArgumentException("a rate of conflicts is 0 to 1");
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
    return new EngineSettings(
        tableTransition, transactionConflictRate, pages, collectionLimitBytes);
  }

  /** The same with another limit for item collections. */
  public EngineSettings withCollectionLimitBytes(long bytes) {
    return new EngineSettings(tableTransition, transactionConflictRate, pagesAtOnce, bytes);
  }
}
