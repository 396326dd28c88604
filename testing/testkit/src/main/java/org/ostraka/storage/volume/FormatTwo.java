package org.ostraka.storage.volume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.RowKey;

/** Writes a volume as Ostraka did when its data format was 2. Stateless. */
public final class FormatTwo {
  private FormatTwo() {}

  /** Puts rows and the records of a log. */
  public static void write(Volume volume, Map<RowKey, Bytes> rows, LogId log, List<Bytes> records)
      throws VolumeFullException {
    Batch batch = new Batch();
    rows.forEach((key, value) -> put(batch, StoredKey.of(key), value));
    for (int i = 0; i < records.size(); i++) {
      put(batch, StoredKey.of(log, i + 1L), records.get(i));
    }
    volume.commit(batch);
  }

  private static void put(Batch batch, byte[] key, Bytes value) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(value.array());
    batch.put(
        key,
        ByteBuffer.allocate(Integer.BYTES + value.sizeBytes())
            .putInt((int) checksum.getValue())
            .put(value.array())
            .array());
  }
}
