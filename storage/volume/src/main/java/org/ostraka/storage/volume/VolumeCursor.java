package org.ostraka.storage.volume;

import java.util.Optional;

/** Entries of a range of a volume, in order. One thread at a time. */
public interface VolumeCursor extends AutoCloseable {
  /** The next entry, or nothing at the end. */
  Optional<Entry> next();

  @Override
  void close();

  /** A key and its value. */
  record Entry(byte[] key, byte[] value) {}
}
