package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Measure;
import org.ostraka.storage.Wanted;

/**
 * An ordered, durable map from byte keys to byte values: all that a {@link VolumeStore} asks of one
 * machine.
 *
 * <p>Any thread may read; one thread at a time commits. Readers see a batch only when all of it is
 * durable. Failures are thrown as {@link org.ostraka.storage.StorageException}, but for a full disk
 * that was noticed in time.
 */
public interface Volume extends AutoCloseable {
  /** The value of a key, or null. */
  byte @Nullable [] get(byte[] key);

  /** The values of keys, each as {@link #get} would show it, in the order of the keys. */
  default List<byte @Nullable []> getAll(List<byte[]> keys) {
    List<byte @Nullable []> values = new ArrayList<>();
    keys.forEach(key -> values.add(get(key)));
    return values;
  }

  /**
   * Opens a cursor on entries whose keys lie from {@code from}, included, to {@code to}, excluded.
   *
   * @param wanted how much its reader expects to read, a hint
   */
  VolumeCursor scan(byte[] from, byte[] to, Direction direction, Wanted wanted);

  /** The same for a reader that wants all of it. */
  default VolumeCursor scan(byte[] from, byte[] to, Direction direction) {
    return scan(from, to, direction, Wanted.ALL);
  }

  /**
   * Makes all changes durable, then visible, as one.
   *
   * @throws VolumeFullException when there is no room: nothing was changed, and the volume goes on
   *     serving
   * @throws org.ostraka.storage.StorageException when it cannot be known what became durable; the
   *     volume must not be written to again
   */
  void commit(Batch batch) throws VolumeFullException;

  /** Tells what the volume does, for those who watch it. */
  default List<Measure> measures() {
    return List.of();
  }

  @Override
  void close();
}
