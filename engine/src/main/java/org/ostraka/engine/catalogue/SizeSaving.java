package org.ostraka.engine.catalogue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;

/** Adds what this server has counted to the stored sizes of tables. One thread at a time. */
final class SizeSaving {
  /** Sizes that one decision stores, at most. */
  private static final int MAX_SIZES_AT_ONCE = 500;

  /** A table's record and its size are declared keys of the decision. */
  private static final int KEYS_OF_A_TABLE = 2;

  private final CatalogueRows rows;
  private final int sizesAtOnce;

  SizeSaving(Store store, CatalogueRows rows) {
    this.rows = rows;
    this.sizesAtOnce = Math.min(MAX_SIZES_AT_ONCE, store.limits().declaredKeys() / KEYS_OF_A_TABLE);
  }

  /** An increment, and the table that counted it. */
  private record Counted(OpenTable table, SizeIncrement increment) {}

  /**
   * Stores the increments of those tables that have one.
   *
   * @param guards returns the guards of a decision of this server
   * @throws org.ostraka.storage.GuardMismatchException when the server's term has ended
   */
  void save(Collection<OpenTable> tables, Supplier<List<Guard>> guards) {
    Map<TableArn, Counted> next = new LinkedHashMap<>();
    for (OpenTable table : tables) {
      SizeIncrement increment = table.sizes().increment();
      if (!increment.isNone()) {
        next.put(table.arn(), new Counted(table, increment));
      }
      if (next.size() == sizesAtOnce) {
        save(next, guards);
        next.clear();
      }
    }
    save(next, guards);
  }

  private void save(Map<TableArn, Counted> next, Supplier<List<Guard>> guards) {
    if (next.isEmpty()) {
      return;
    }
    Map<TableArn, SizeIncrement> increments = new LinkedHashMap<>();
    Map<TableArn, Space> items = new LinkedHashMap<>();
    next.forEach((arn, counted) -> {
      increments.put(arn, counted.increment());
      items.put(arn, counted.table().stored().items());
    });
    Map<TableArn, TableSize> stored = rows.addSizes(increments, items, guards.get());
    next.forEach((arn, counted) -> {
      TableSize size = stored.get(arn);
      if (size != null) {
        counted.table().sizes().saved(counted.increment(), size);
      }
    });
  }
}
