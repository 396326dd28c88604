package org.ostraka.storage.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.ostraka.storage.volume.Loss;

/**
 * Ranges of stored keys, of which two that overlap or have no key between them are one. Immutable.
 */
final class KeyRanges {
  private final NavigableMap<byte[], byte[]> lastOfFirst = new TreeMap<>(Arrays::compareUnsigned);

  private KeyRanges() {}

  /** Returns the keys that any of some ranges has. */
  static KeyRanges of(Collection<Loss.Keys> ranges) {
    KeyRanges joined = new KeyRanges();
    ranges.stream()
        .filter(range -> Arrays.compareUnsigned(range.first(), range.last()) <= 0)
        .sorted(Comparator.comparing(Loss.Keys::first, Arrays::compareUnsigned))
        .forEach(joined::addBehind);
    return joined;
  }

  /** Adds a range that begins at no lesser key than those before it. */
  private void addBehind(Loss.Keys range) {
    Map.Entry<byte[], byte[]> before = lastOfFirst.lastEntry();
    if (before == null || Arrays.compareUnsigned(range.first(), after(before.getValue())) > 0) {
      lastOfFirst.put(range.first(), range.last());
    } else if (Arrays.compareUnsigned(range.last(), before.getValue()) > 0) {
      lastOfFirst.put(before.getKey(), range.last());
    }
  }

  /** Returns whether a range has a key. */
  boolean have(byte[] key) {
    Map.Entry<byte[], byte[]> range = lastOfFirst.floorEntry(key);
    return range != null && Arrays.compareUnsigned(key, range.getValue()) <= 0;
  }

  /** Returns the ranges in order. */
  List<Loss.Keys> inOrder() {
    List<Loss.Keys> ranges = new ArrayList<>();
    lastOfFirst.forEach((first, last) -> ranges.add(new Loss.Keys(first, last)));
    return ranges;
  }

  /** Returns the least key that is greater. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
