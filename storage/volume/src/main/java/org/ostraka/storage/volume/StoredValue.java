package org.ostraka.storage.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.DecisionId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/**
 * The values of a volume: part of the format on disk. Stateless.
 *
 * <pre>
 * row         checksum(4) stamp(8) origin(4) value
 * log record  checksum(4) stamp(8) origin(4) stamp of the decision(8) replicated(1) value
 * log bounds  checksum(4) position of the last trimmed record(8) position of the newest record(8)
 * clock       checksum(4) last stamp(8)
 * </pre>
 *
 * <p>All numbers are big-endian. The checksum (CRC-32C) covers the key as well, so that a value
 * which strayed to another key is noticed too.
 */
final class StoredValue {
  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final int VERSION_BYTES = Long.BYTES + Integer.BYTES;
  private static final int ROW_HEAD_BYTES = CHECKSUM_BYTES + VERSION_BYTES;
  private static final int RECORD_HEAD_BYTES = ROW_HEAD_BYTES + Long.BYTES + 1;
  private static final int BOUNDS_BYTES = CHECKSUM_BYTES + 2 * Long.BYTES;
  private static final int CLOCK_BYTES = CHECKSUM_BYTES + Long.BYTES;

  private StoredValue() {}

  /** Returns the stored form of a row. */
  static byte[] ofRow(byte[] key, Version version, Bytes value) {
    ByteBuffer buffer = ByteBuffer.allocate(ROW_HEAD_BYTES + value.sizeBytes());
    putVersion(buffer.position(CHECKSUM_BYTES), version).put(value.array());
    return sealed(key, buffer.array());
  }

  /**
   * Reads a row.
   *
   * @throws CorruptDataException unless the checksum fits
   */
  static VersionedValue row(byte[] key, byte[] stored) {
    ByteBuffer buffer = opened(key, stored, ROW_HEAD_BYTES, "row");
    return new VersionedValue(version(buffer), rest(stored, ROW_HEAD_BYTES));
  }

  /** Returns the stored form of a log record. */
  static byte[] ofRecord(
      byte[] key, Version version, Stamp stamp, boolean replicated, Bytes value) {
    ByteBuffer buffer = ByteBuffer.allocate(RECORD_HEAD_BYTES + value.sizeBytes());
    putVersion(buffer.position(CHECKSUM_BYTES), version)
        .putLong(stamp.value())
        .put((byte) (replicated ? 1 : 0))
        .put(value.array());
    return sealed(key, buffer.array());
  }

  /**
   * Reads a log record. The stamp of its decision, which no other decision of the store has, is
   * also the decision's id.
   *
   * @throws CorruptDataException unless the checksum fits
   */
  static LogRecord record(byte[] key, byte[] stored) {
    ByteBuffer buffer = opened(key, stored, RECORD_HEAD_BYTES, "log record");
    Position position = new Position(StoredKey.position(key));
    Version version = version(buffer);
    Stamp stamp = stamp(buffer);
    boolean replicated = buffer.get() != 0;
    return new LogRecord(
        position,
        new DecisionId(stamp.value()),
        stamp,
        version,
        replicated,
        rest(stored, RECORD_HEAD_BYTES));
  }

  /** Returns the stored form of a log's bounds. */
  static byte[] ofBounds(byte[] key, LogBounds bounds) {
    ByteBuffer buffer = ByteBuffer.allocate(BOUNDS_BYTES).position(CHECKSUM_BYTES);
    buffer.putLong(bounds.trimmed()).putLong(bounds.newest());
    return sealed(key, buffer.array());
  }

  /**
   * Reads a log's bounds.
   *
   * @throws CorruptDataException unless the checksum fits
   */
  static LogBounds bounds(byte[] key, byte[] stored) {
    ByteBuffer buffer = opened(key, stored, BOUNDS_BYTES, "log's bounds");
    long trimmed = buffer.getLong();
    long newest = buffer.getLong();
    if (trimmed < 1 || newest < trimmed || stored.length != BOUNDS_BYTES) {
      throw new CorruptDataException("the bounds of a log cannot be");
    }
    return new LogBounds(trimmed, newest);
  }

  /** Returns the stored form of the last stamp that was given. */
  static byte[] ofClock(byte[] key, Stamp last) {
    ByteBuffer buffer = ByteBuffer.allocate(CLOCK_BYTES).position(CHECKSUM_BYTES);
    buffer.putLong(last.value());
    return sealed(key, buffer.array());
  }

  /**
   * Reads the last stamp that was given.
   *
   * @throws CorruptDataException unless the checksum fits
   */
  static Stamp clock(byte[] key, byte[] stored) {
    return stamp(opened(key, stored, CLOCK_BYTES, "clock"));
  }

  private static ByteBuffer putVersion(ByteBuffer buffer, Version version) {
    return buffer.putLong(version.stamp().value()).putInt(version.origin().id());
  }

  private static Version version(ByteBuffer buffer) {
    Stamp stamp = stamp(buffer);
    int origin = buffer.getInt();
    return new Version(stamp, origin == 0 ? Origin.NONE : new Origin(origin));
  }

  private static Stamp stamp(ByteBuffer buffer) {
    long value = buffer.getLong();
    if (value < 0) {
      throw new CorruptDataException("a stored stamp cannot be");
    }
    return new Stamp(value);
  }

  private static Bytes rest(byte[] stored, int from) {
    return Bytes.wrap(Arrays.copyOfRange(stored, from, stored.length));
  }

  private static byte[] sealed(byte[] key, byte[] value) {
    ByteBuffer.wrap(value).putInt(checksum(key, value));
    return value;
  }

  private static ByteBuffer opened(byte[] key, byte[] stored, int headBytes, String what) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    if (stored.length < headBytes || buffer.getInt() != checksum(key, stored)) {
      throw new CorruptDataException("the checksum of a " + what + " does not fit its bytes");
    }
    return buffer;
  }

  private static int checksum(byte[] key, byte[] value) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES);
    return (int) checksum.getValue();
  }
}
