package org.ostraka.storage.rocksdb;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The table files that a MANIFEST lists, edit by edit. One thread. */
final class ManifestTables {
  private final NavigableMap<Long, Table> added = new TreeMap<>();
  private final NavigableMap<Long, Table> removed = new TreeMap<>();

  /**
   * A table file.
   *
   * @param smallest the least key in it
   * @param largest the greatest key in it
   */
  record Table(long number, int level, long bytes, byte[] smallest, byte[] largest) {}

  /** Returns the files in use, by their numbers. */
  NavigableMap<Long, Table> inUse() {
    return added;
  }

  /** Returns the files that were in use once and are no longer. */
  Map<Long, Table> removed() {
    return removed;
  }

  /**
   * Adds a file; a compaction that only moves one to another level removes it and adds it again.
   */
  void add(Table table) {
    removed.remove(table.number());
    added.put(table.number(), table);
  }

  void remove(long number) {
    Table table = added.remove(number);
    if (table != null) {
      removed.put(number, table);
    }
  }

  /** Returns the key without the sequence number and the type at its end. */
  static byte[] userKey(ByteBuffer internal) {
    byte[] key = new byte[Math.max(0, internal.remaining() - Long.BYTES)];
    internal.get(key);
    return key;
  }
}
