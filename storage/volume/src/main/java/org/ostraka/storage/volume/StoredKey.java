package org.ostraka.storage.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * The keys of a volume: part of the format on disk. Stateless.
 *
 * <pre>
 * row         01 space(8) hash(8) length of partition(2) partition sort
 * log record  02 space(8) position(8)
 * log bounds  03 space(8)
 * clock       04
 * </pre>
 *
 * All numbers are big-endian and unsigned, so that rows of one partition lie together, in sort
 * order.
 */
final class StoredKey {
  private static final byte ROW = 1;
  private static final byte LOG = 2;
  private static final byte BOUNDS = 3;
  private static final byte CLOCK = 4;
  private static final int SPACE_BYTES = 1 + Long.BYTES;
  private static final int HASH_BYTES = SPACE_BYTES + Long.BYTES;
  private static final int ROW_HEAD_BYTES = HASH_BYTES + Short.BYTES;
  private static final int LOG_BYTES = SPACE_BYTES + Long.BYTES;

  /** Bytes of a partition or of a sort part, at most: what the two length bytes can say. */
  static final int MAX_PART_BYTES = 0xFFFF;

  private StoredKey() {}

  /** What a stored key says. */
  sealed interface Decoded {
    /** The key of a row. */
    record OfRow(RowKey key) implements Decoded {}

    /** The key of a log's record. */
    record OfRecord(LogId log, Position position) implements Decoded {}

    /** The key of a log's bounds. */
    record OfBounds(LogId log) implements Decoded {}

    /** The key of the last stamp that was given. */
    record OfClock() implements Decoded {}
  }

  static byte[] of(RowKey key) {
    return row(key.space(), key.partition(), key.sort().array());
  }

  /** Returns whether a key is that of a row. */
  static boolean isRow(byte[] stored) {
    return stored.length >= SPACE_BYTES && stored[0] == ROW;
  }

  /** Returns whether a key is that of a row of space 0, or of its log. */
  static boolean isOfFirstSpace(byte[] stored) {
    return stored.length >= SPACE_BYTES
        && stored[0] != CLOCK
        && ByteBuffer.wrap(stored).getLong(1) == 0;
  }

  /** Returns the key under which the bounds of a space's log lie. */
  static byte[] boundsOf(Space space) {
    return ByteBuffer.allocate(SPACE_BYTES).put(BOUNDS).putLong(space.id()).array();
  }

  /** Returns the key under which the last stamp lies. */
  static byte[] ofClock() {
    return new byte[] {CLOCK};
  }

  static byte[] of(LogId log, long position) {
    return ByteBuffer.allocate(LOG_BYTES)
        .put(LOG)
        .putLong(log.space().id())
        .putLong(position)
        .array();
  }

  /** Reads a stored key back, and refuses one that no row or record can have. */
  static Decoded decode(byte[] stored) {
    if (stored.length >= ROW_HEAD_BYTES && stored[0] == ROW) {
      return new Decoded.OfRow(decodeRow(stored));
    }
    if (stored.length == LOG_BYTES && stored[0] == LOG) {
      LogId log = new LogId(space(ByteBuffer.wrap(stored).getLong(1)));
      return new Decoded.OfRecord(log, new Position(position(stored)));
    }
    if (stored.length == SPACE_BYTES && stored[0] == BOUNDS) {
      return new Decoded.OfBounds(new LogId(space(ByteBuffer.wrap(stored).getLong(1))));
    }
    if (stored.length == 1 && stored[0] == CLOCK) {
      return new Decoded.OfClock();
    }
    throw new CorruptDataException("a stored key is none that Ostraka writes");
  }

  static RowKey decodeRow(byte[] stored) {
    if (stored.length < ROW_HEAD_BYTES) {
      throw new CorruptDataException("a stored key ends within its head");
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored, 1, stored.length - 1);
    Space space = space(buffer.getLong());
    long hash = buffer.getLong();
    int length = Short.toUnsignedInt(buffer.getShort());
    int end = ROW_HEAD_BYTES + length;
    if (end > stored.length) {
      throw new CorruptDataException("a stored key ends within its partition");
    }
    if (stored.length - end > MAX_PART_BYTES) {
      throw new CorruptDataException("a stored key is longer than any row's");
    }
    Bytes partition = Bytes.wrap(Arrays.copyOfRange(stored, ROW_HEAD_BYTES, end));
    if (PartitionHash.of(partition) != hash) {
      throw new CorruptDataException("a stored key does not carry its partition's hash");
    }
    return new RowKey(space, partition, Bytes.wrap(Arrays.copyOfRange(stored, end, stored.length)));
  }

  /** The stored keys of a range: from the first, included, to the second, excluded. */
  static Span span(Range range) {
    // Not a switch, which would make a class at the start (decision 9).
    return range instanceof Range.OfPartition part ? span(part) : span((Range.OfSlice) range);
  }

  /** All rows, or all records, of a space. */
  static Span rowsOf(Space space) {
    return allBelow(space, ROW);
  }

  static Span recordsOf(Space space) {
    return allBelow(space, LOG);
  }

  /** The bounds of a space's log alone. */
  static Span boundsIn(Space space) {
    return allBelow(space, BOUNDS);
  }

  /** From {@code from}, included, to {@code to}, excluded. */
  record Span(byte[] from, byte[] to) {}

  private static Span span(Range.OfPartition range) {
    byte[] from = row(range.space(), range.partition(), range.from().array());
    byte[] to =
        range
            .to()
            .map(sort -> row(range.space(), range.partition(), sort.array()))
            .orElseGet(() -> successor(row(range.space(), range.partition(), new byte[0])));
    return new Span(from, to);
  }

  private static Span span(Range.OfSlice range) {
    byte[] from = hashed(range.space(), PartitionHash.first(range.slice()));
    byte[] to = successor(hashed(range.space(), PartitionHash.last(range.slice())));
    if (range.after().isEmpty()) {
      return new Span(from, to);
    }
    byte[] after = of(range.after().get());
    return switch (range.direction()) {
      case FORWARD -> new Span(later(from, Arrays.copyOf(after, after.length + 1)), to);
      case BACKWARD -> new Span(from, earlier(to, after));
    };
  }

  private static byte[] later(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(one, other) >= 0 ? one : other;
  }

  private static byte[] earlier(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(one, other) <= 0 ? one : other;
  }

  private static byte[] row(Space space, Bytes partition, byte[] sort) {
    if (partition.sizeBytes() > MAX_PART_BYTES || sort.length > MAX_PART_BYTES) {
      throw new IllegalArgumentException(
          "a part of a row key has at most " + MAX_PART_BYTES + " bytes");
    }
    return ByteBuffer.allocate(ROW_HEAD_BYTES + partition.sizeBytes() + sort.length)
        .put(ROW)
        .putLong(space.id())
        .putLong(PartitionHash.of(partition))
        .putShort((short) partition.sizeBytes())
        .put(partition.array())
        .put(sort)
        .array();
  }

  private static byte[] hashed(Space space, long hash) {
    return ByteBuffer.allocate(HASH_BYTES).put(ROW).putLong(space.id()).putLong(hash).array();
  }

  private static Span allBelow(Space space, byte kind) {
    byte[] prefix = ByteBuffer.allocate(SPACE_BYTES).put(kind).putLong(space.id()).array();
    return new Span(prefix, successor(prefix));
  }

  /** The least bytes that come after everything that begins with {@code prefix}. */
  private static byte[] successor(byte[] prefix) {
    int last = prefix.length - 1;
    while (prefix[last] == (byte) 0xFF) {
      last--;
    }
    byte[] next = Arrays.copyOf(prefix, last + 1);
    next[last]++;
    return next;
  }

  /** Returns the space of a row, of a log record, or of a log's bounds. */
  static Space space(byte[] stored) {
    if (stored.length < SPACE_BYTES) {
      throw new CorruptDataException("a stored key ends within its space");
    }
    return space(ByteBuffer.wrap(stored).getLong(1));
  }

  private static Space space(long id) {
    if (id < 0) {
      throw new CorruptDataException("a stored key names a space that cannot be");
    }
    return new Space(id);
  }

  /** The position in the stored key of a log record. */
  static long position(byte[] stored) {
    if (stored.length != LOG_BYTES) {
      throw new CorruptDataException("a stored key is not a log record's");
    }
    long position = ByteBuffer.wrap(stored).getLong(SPACE_BYTES);
    if (position < 1) {
      throw new CorruptDataException("a stored key names a position that cannot be");
    }
    return position;
  }
}
