package org.ostraka.storage;

/**
 * How much a store takes at once. Immutable.
 *
 * @param declaredKeys keys of one decision, and of one reading, at most
 * @param writes writes of one decision, at most
 * @param partitionBytes bytes of the partition of a key, at most
 * @param sortBytes bytes of the sort part of a key, at most
 * @param valueBytes bytes of the value of a row or of a log record, at most
 */
public record StoreLimits(
    int declaredKeys, int writes, int partitionBytes, int sortBytes, long valueBytes) {

  /** Returns whether this store takes whatever a store with the other limits takes. */
  public boolean cover(StoreLimits needed) {
    return declaredKeys >= needed.declaredKeys
        && writes >= needed.writes
        && partitionBytes >= needed.partitionBytes
        && sortBytes >= needed.sortBytes
        && valueBytes >= needed.valueBytes;
  }
}
