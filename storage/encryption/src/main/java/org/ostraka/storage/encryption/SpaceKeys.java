package org.ostraka.storage.encryption;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.secret.AesGcm;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * The keys of one space. Immutable; any thread.
 *
 * <pre>
 * encrypted value: version of the data key(4) sealed form of {@link AesGcm}
 * </pre>
 *
 * <p>A value is bound to its place: a row's to its key, a log record's to its log. So a value that
 * somebody copies to another place cannot be decrypted there.
 *
 * @param partitions encrypts partitions; its key is never replaced, since rows are found by it
 * @param values the data keys by version; one at least
 * @param current the version that encrypts
 */
record SpaceKeys(
    Space space, PartitionCipher partitions, Map<Integer, AesGcm> values, int current) {
  /** How much longer an encrypted value is. */
  static final int OVERHEAD_BYTES = Integer.BYTES + AesGcm.OVERHEAD_BYTES;

  private static final byte ROW = 1;
  private static final byte RECORD = 2;

  SpaceKeys {
    values = Map.copyOf(values);
  }

  /** Returns the version of the data key that encrypted a value; -1 if it is none. */
  static int versionOf(Bytes encrypted) {
    return encrypted.sizeBytes() < OVERHEAD_BYTES
        ? -1
        : ByteBuffer.wrap(encrypted.array()).getInt();
  }

  /** Returns where a row lies in the store below. */
  RowKey place(RowKey key) {
    return new RowKey(space, partitions.encrypt(key.partition()), key.sort());
  }

  /**
   * Encrypts the value of a row.
   *
   * @param place where it lies in the store below
   */
  Bytes encryptRow(RowKey place, Bytes value) {
    return encrypt(rowContext(place), value);
  }

  /** Decrypts the value of a row; empty when it was changed, or its data key is not known here. */
  Optional<Bytes> decryptRow(RowKey place, Bytes encrypted) {
    return decrypt(rowContext(place), encrypted);
  }

  Bytes encryptRecord(Bytes value) {
    return encrypt(recordContext(), value);
  }

  /** Decrypts the value of a log record; see {@link #decryptRow}. */
  Optional<Bytes> decryptRecord(Bytes encrypted) {
    return decrypt(recordContext(), encrypted);
  }

  private Bytes encrypt(byte[] context, Bytes value) {
    byte[] head = ByteBuffer.allocate(Integer.BYTES).putInt(current).array();
    return Bytes.wrap(
        Objects.requireNonNull(values.get(current)).seal(head, value.array(), context));
  }

  private Optional<Bytes> decrypt(byte[] context, Bytes encrypted) {
    AesGcm key = values.get(versionOf(encrypted));
    return Optional.ofNullable(key)
        .flatMap(found -> found.open(encrypted.array(), Integer.BYTES, context))
        .map(Bytes::wrap);
  }

  private byte[] rowContext(RowKey place) {
    int length = 1 + Long.BYTES + Integer.BYTES;
    return ByteBuffer.allocate(length + place.partition().sizeBytes() + place.sort().sizeBytes())
        .put(ROW)
        .putLong(space.id())
        .putInt(place.partition().sizeBytes())
        .put(place.partition().array())
        .put(place.sort().array())
        .array();
  }

  private byte[] recordContext() {
    return ByteBuffer.allocate(1 + Long.BYTES).put(RECORD).putLong(space.id()).array();
  }
}
