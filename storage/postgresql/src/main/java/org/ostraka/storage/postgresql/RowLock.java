package org.ostraka.storage.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ostraka.storage.RowKey;

/**
 * An advisory lock of the database, for a row whether or not it exists. Immutable.
 *
 * @param number of the lock
 * @param isShared among decisions that do not write the row
 */
record RowLock(long number, boolean isShared) {
  RowLock(RowKey key, boolean isShared) {
    this(StoredKey.lock(key), isShared);
  }

  /** Returns each lock once, in the order in which all decisions take them. */
  static List<RowLock> inOrder(List<RowLock> locks) {
    Map<Long, Boolean> shared = new TreeMap<>();
    locks.forEach(lock -> shared.merge(lock.number(), lock.isShared(), Boolean::logicalAnd));
    List<RowLock> ordered = new ArrayList<>();
    shared.forEach((number, isShared) -> ordered.add(new RowLock(number, isShared)));
    return ordered;
  }
}
