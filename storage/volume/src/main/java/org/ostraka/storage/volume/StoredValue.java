package org.ostraka.storage.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;

/**
 * The values of a volume: a checksum, then the content. Part of the format on disk. Stateless.
 *
 * <p>The checksum (CRC-32C, four bytes, big-endian) covers the key as well, so that a value which
 * strayed to another key is noticed too.
 */
public final class StoredValue {
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private StoredValue() {}

  static byte[] of(byte[] key, Bytes content) {
    byte[] array = content.array();
    return ByteBuffer.allocate(CHECKSUM_BYTES + array.length)
        .putInt(checksum(key, array, 0))
        .put(array)
        .array();
  }

  /**
   * The content of a stored value.
   *
   * @throws CorruptDataException unless the checksum fits
   */
  public static Bytes content(byte[] key, byte[] stored) {
    if (stored.length < CHECKSUM_BYTES
        || ByteBuffer.wrap(stored).getInt() != checksum(key, stored, CHECKSUM_BYTES)) {
      throw new CorruptDataException("the checksum of a row does not fit its bytes");
    }
    return Bytes.wrap(Arrays.copyOfRange(stored, CHECKSUM_BYTES, stored.length));
  }

  private static int checksum(byte[] key, byte[] array, int offset) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(array, offset, array.length - offset);
    return (int) checksum.getValue();
  }
}
