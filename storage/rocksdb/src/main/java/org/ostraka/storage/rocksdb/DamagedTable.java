package org.ostraka.storage.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ostraka.storage.volume.Loss;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;

/**
 * Finds the blocks of a table file that cannot be read. One thread.
 *
 * <p>The file's index, which is read without any block, tells at which offset the block of a key
 * begins. So the last key of a block is the greatest that has the same offset.
 */
final class DamagedTable {
  private static final byte[] BEYOND_ALL = {(byte) 0xFF};

  private final RocksDB file;
  private final List<Loss.Keys> damaged = new ArrayList<>();

  private DamagedTable(RocksDB file) {
    this.file = file;
  }

  /**
   * Returns the keys that the damaged blocks of a file may have.
   *
   * @param file a database that has this file alone
   */
  static List<Loss.Keys> damagedKeys(RocksDB file) {
    DamagedTable table = new DamagedTable(file);
    Optional<byte[]> from = table.readFrom(new byte[0]);
    while (from.isPresent()) {
      from = table.passBlocks(from.get()).flatMap(table::readFrom);
    }
    return table.damaged;
  }

  /**
   * Reads from a key on to the first block that cannot be read.
   *
   * @return the least key that was not read; empty at the end of the file
   */
  private Optional<byte[]> readFrom(byte[] from) {
    byte[] next = from;
    try (RocksIterator entries = file.newIterator()) {
      entries.seek(from);
      while (entries.isValid()) {
        next = after(entries.key());
        entries.next();
      }
      return isSound(entries) ? Optional.empty() : Optional.of(next);
    }
  }

  /**
   * Looks at blocks one by one: at those before the damaged one, which have nothing but deletions,
   * and at the damaged one.
   *
   * @return the least key behind the damaged block; empty if it is the last one
   */
  private Optional<byte[]> passBlocks(byte[] from) {
    byte[] next = from;
    while (true) {
      Optional<byte[]> last = lastKeyOfBlock(next);
      if (last.isEmpty()) {
        if (!isReadable(next, BEYOND_ALL)) {
          damaged.add(new Loss.Keys(next, BEYOND_ALL));
        }
        return Optional.empty();
      }
      byte[] behind = after(last.get());
      if (!isReadable(next, last.get())) {
        damaged.add(new Loss.Keys(next, last.get()));
        return Optional.of(behind);
      }
      next = behind;
    }
  }

  private boolean isReadable(byte[] from, byte[] to) {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      // One key: RocksDB takes no bounds for it, but it reads the block of the key.
      return isGettable(from);
    }
    try (Slice upper = new Slice(to);
        ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
        RocksIterator entries = file.newIterator(options)) {
      entries.seek(from);
      while (entries.isValid()) {
        entries.next();
      }
      return isSound(entries);
    }
  }

  private boolean isGettable(byte[] key) {
    try {
      file.get(key);
      return true;
    } catch (RocksDBException _) {
      return false;
    }
  }

  private static boolean isSound(RocksIterator entries) {
    try {
      entries.status();
      return true;
    } catch (RocksDBException _) {
      return false;
    }
  }

  /** Returns the greatest key of the block of a key; empty if that is the file's last block. */
  private Optional<byte[]> lastKeyOfBlock(byte[] key) {
    long offset = offset(key);
    if (offset(BEYOND_ALL) <= offset) {
      return Optional.empty();
    }
    byte[] last = new byte[0];
    while (offset(after(last)) <= offset) {
      last = withGreatestByte(last, offset);
    }
    return Optional.of(last);
  }

  /** Adds the greatest byte with which a key does not lie behind the block at an offset. */
  private byte[] withGreatestByte(byte[] prefix, long offset) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + 1);
    int least = 0;
    int greatest = 0xFF;
    while (least < greatest) {
      int middle = (least + greatest + 1) / 2;
      key[prefix.length] = (byte) middle;
      if (offset(key) <= offset) {
        least = middle;
      } else {
        greatest = middle - 1;
      }
    }
    key[prefix.length] = (byte) least;
    return key;
  }

  private long offset(byte[] key) {
    try (Slice from = new Slice(new byte[0]);
        Slice to = new Slice(key)) {
      List<Range> range = List.of(new Range(from, to));
      return file.getApproximateSizes(range, SizeApproximationFlag.INCLUDE_FILES)[0];
    }
  }

  /** Returns the least key that is greater. */
  private static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
