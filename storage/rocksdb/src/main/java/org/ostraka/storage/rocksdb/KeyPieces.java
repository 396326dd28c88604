package org.ostraka.storage.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ostraka.storage.volume.Loss;

/**
 * Divides all keys where damaged blocks of table files begin and end, so that every file is either
 * whole or damaged within a piece. One thread.
 */
final class KeyPieces {
  private static final byte[] BEYOND_ALL = {(byte) 0xFF, (byte) 0xFF, 0};

  private final Map<Set<Path>, List<Piece>> pieces = new LinkedHashMap<>();
  private final Set<Path> damaged = new TreeSet<>();
  private byte[] from = new byte[0];

  private KeyPieces() {}

  /**
   * Keys from the first to the last, both included.
   *
   * @param damagedBehind the table files that are damaged within the piece, or right behind it
   */
  record Piece(byte[] first, byte[] last, Set<Path> damagedBehind) {}

  /**
   * Returns the pieces, by the table files that are damaged within them.
   *
   * @param tables where each table file is damaged: each range begins at the least of all keys, or
   *     right behind the last key of another block
   */
  static Map<Set<Path>, List<Piece>> byDamaged(SortedMap<Path, KeyRanges> tables) {
    NavigableMap<byte[], List<Path>> ends = new TreeMap<>(Arrays::compareUnsigned);
    tables.forEach((table, ranges) -> {
      for (Loss.Keys range : ranges.inOrder()) {
        ends.computeIfAbsent(range.first(), _ -> new ArrayList<>()).add(table);
        ends.computeIfAbsent(KeyRanges.after(range.last()), _ -> new ArrayList<>()).add(table);
      }
    });
    KeyPieces divided = new KeyPieces();
    ends.forEach(divided::divide);
    divided.addUpTo(BEYOND_ALL, Set.of());
    return divided.pieces;
  }

  /** Ends a piece where damage of some table files begins, and that of others ends. */
  private void divide(byte[] key, List<Path> tables) {
    Set<Path> beginning = new TreeSet<>(tables);
    beginning.removeAll(damaged);
    addUpTo(key, beginning);
    damaged.removeAll(tables);
    damaged.addAll(beginning);
  }

  /**
   * Adds the piece that ends before a key.
   *
   * @param to the least key, or one with a zero at its end: right before it is the key without that
   *     zero
   */
  private void addUpTo(byte[] to, Set<Path> beginning) {
    if (Arrays.compareUnsigned(from, to) < 0) {
      Set<Path> behind = new TreeSet<>(damaged);
      behind.addAll(beginning);
      Piece piece = new Piece(from, Arrays.copyOf(to, to.length - 1), behind);
      pieces.computeIfAbsent(Set.copyOf(damaged), _ -> new ArrayList<>()).add(piece);
      from = to;
    }
  }
}
