package org.ostraka.engine.backup;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Row;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/**
 * A record of a segment: a change, or a row. Part of the format on disk: stamp (8 bytes), the stamp
 * of the version (8), its origin (4), and the stored change record or item. Immutable.
 *
 * @param stamp when the store took the decision; for a row the stamp of its version
 */
record ArchivedChange(Stamp stamp, Version version, Bytes value) {
  private static final int HEAD_BYTES = 2 * Long.BYTES + Integer.BYTES;

  static byte[] encode(LogRecord record) {
    return encode(record.stamp(), record.version(), record.value());
  }

  static byte[] encode(Row row) {
    return encode(row.version().stamp(), row.version(), row.value());
  }

  private static byte[] encode(Stamp stamp, Version version, Bytes value) {
    return ByteBuffer.allocate(HEAD_BYTES + value.sizeBytes())
        .putLong(stamp.value())
        .putLong(version.stamp().value())
        .putInt(version.origin().id())
        .put(value.array())
        .array();
  }

  static ArchivedChange of(Bytes record) {
    try {
      ByteBuffer in = ByteBuffer.wrap(record.array());
      Stamp stamp = new Stamp(in.getLong());
      Version version = new Version(new Stamp(in.getLong()), new Origin(in.getInt()));
      byte[] value = new byte[in.remaining()];
      in.get(value);
      return new ArchivedChange(stamp, version, Bytes.wrap(value));
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      throw new CorruptDataException("a record of the archive cannot be read", broken);
    }
  }
}
