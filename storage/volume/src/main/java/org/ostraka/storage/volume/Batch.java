package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Changes that a volume commits as one, in order. One thread, until it is handed to the volume. */
public final class Batch {

  /** One change of stored bytes. */
  public sealed interface Change {
    /** The key has this value afterwards. */
    record Put(byte[] key, byte[] value) implements Change {}

    /** The key has no value afterwards. */
    record Delete(byte[] key) implements Change {}

    /** No key from {@code from}, included, to {@code to}, excluded, has a value afterwards. */
    record DeleteRange(byte[] from, byte[] to) implements Change {}
  }

  private final List<Change> changes = new ArrayList<>();
  private boolean onlyDeletes = true;
  private long sizeBytes;

  /** The changes so far, in order. */
  public List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }

  /** Returns whether every change removes something, but for the store's own small notes. */
  public boolean isOnlyDeletes() {
    return onlyDeletes;
  }

  /** Bytes of all keys and values. */
  public long sizeBytes() {
    return sizeBytes;
  }

  void put(byte[] key, byte[] value) {
    onlyDeletes = false;
    note(key, value);
  }

  /** Puts a small entry of the store's own, which comes with every batch. */
  void note(byte[] key, byte[] value) {
    changes.add(new Change.Put(key, value));
    sizeBytes += key.length + value.length;
  }

  void delete(byte[] key) {
    changes.add(new Change.Delete(key));
    sizeBytes += key.length;
  }

  void deleteRange(StoredKey.Span span) {
    changes.add(new Change.DeleteRange(span.from(), span.to()));
    sizeBytes += span.from().length + span.to().length;
  }
}
