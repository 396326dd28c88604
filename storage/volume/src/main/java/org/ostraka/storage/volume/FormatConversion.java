package org.ostraka.storage.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;
import org.ostraka.storage.Wanted;

/**
 * Converts a volume of data format 2, in which rows and log records had no versions, to format 3. A
 * row gets {@link Version#ZERO}, over which every other version wins. One thread.
 *
 * <p>It goes through the entries in the order of their keys. Each batch notes the last key that it
 * has converted, so that a conversion that was cut short goes on there, and converts nothing twice.
 * An entry whose checksum does not fit stays as it is: it is damaged before and after.
 */
public final class FormatConversion {
  /** The key of the note, which no other entry of any format has. */
  private static final byte[] PROGRESS = {5};

  /** What the note says when there is nothing more to convert: greater than every key. */
  private static final byte[] ALL = {(byte) 0xFF};

  private static final byte[] ROWS_AND_LOGS_FROM = {1};
  private static final byte[] ROWS_AND_LOGS_TO = {3};
  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final byte LOG = 2;

  /** Bytes of one batch, unless a single entry has more. */
  private static final long BATCH_BYTES = 4L << 20;

  private final Volume volume;
  private long converted;
  private long damaged;

  private FormatConversion(Volume volume) {
    this.volume = volume;
  }

  /** How many entries were converted, and how many are damaged and were left as they are. */
  public record Result(long converted, long damaged) {}

  /**
   * Converts what is not converted yet. Afterwards the caller notes for good that the volume has
   * format 3, and then calls {@link #forget}.
   *
   * @throws VolumeFullException when there is no room; it may be run again
   */
  public static Result run(Volume volume) throws VolumeFullException {
    FormatConversion conversion = new FormatConversion(volume);
    byte[] last = volume.get(PROGRESS);
    byte[] next = last == null ? ROWS_AND_LOGS_FROM : Arrays.copyOf(last, last.length + 1);
    while (Arrays.compareUnsigned(next, ROWS_AND_LOGS_TO) < 0) {
      next = conversion.convert(next);
    }
    return new Result(conversion.converted, conversion.damaged);
  }

  /** Removes the note of a conversion, if there is one. */
  public static void forget(Volume volume) throws VolumeFullException {
    if (volume.get(PROGRESS) != null) {
      Batch batch = new Batch();
      batch.delete(PROGRESS);
      volume.commit(batch);
    }
  }

  /** Converts one batch of entries from a key on, and returns the key to go on from. */
  private byte[] convert(byte[] from) throws VolumeFullException {
    Batch batch = new Batch();
    byte[] last = ALL;
    try (VolumeCursor cursor = volume.scan(from, ROWS_AND_LOGS_TO, Direction.FORWARD, Wanted.ALL)) {
      Optional<VolumeCursor.Entry> entry = cursor.next();
      while (entry.isPresent()) {
        convert(entry.get(), batch);
        boolean full = batch.sizeBytes() >= BATCH_BYTES;
        last = full ? entry.get().key() : ALL;
        entry = full ? Optional.empty() : cursor.next();
      }
    }
    batch.put(PROGRESS, last);
    volume.commit(batch);
    return Arrays.copyOf(last, last.length + 1);
  }

  private void convert(VolumeCursor.Entry entry, Batch batch) {
    byte[] key = entry.key();
    byte[] stored = entry.value();
    if (!isSound(key, stored)) {
      damaged++;
      return;
    }
    Bytes content = Bytes.wrap(Arrays.copyOfRange(stored, CHECKSUM_BYTES, stored.length));
    batch.put(
        key,
        key[0] == LOG
            ? StoredValue.ofRecord(key, Version.ZERO, Stamp.ZERO, false, content)
            : StoredValue.ofRow(key, Version.ZERO, content));
    converted++;
  }

  /** Returns whether a value of format 2, a checksum and the content, is what was written. */
  private static boolean isSound(byte[] key, byte[] stored) {
    if (stored.length < CHECKSUM_BYTES) {
      return false;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(stored, CHECKSUM_BYTES, stored.length - CHECKSUM_BYTES);
    return ByteBuffer.wrap(stored).getInt() == (int) checksum.getValue();
  }
}
