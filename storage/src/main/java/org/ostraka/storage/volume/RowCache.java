package org.ostraka.storage.volume;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;

/**
 * Rows that were lately read, as the volume has them: a row that is here needs no way to the volume
 * and back. Any thread reads; one thread at a time writes.
 *
 * <p>Each row has one place, by the hash of its key, which it shares with others: who comes last
 * stays. What is in a place is the volume's row for as long as it is there: before a row is written
 * its place is closed, so that nobody can put there what was read before, and when the write is
 * visible it opens again, empty or with the new row. A read that finds a place closed asks the
 * volume.
 */
final class RowCache {
  /** Rows with more bytes than this are not kept. */
  static final int MAX_ROW_BYTES = 2048;

  private final AtomicReferenceArray<@Nullable Slot> slots;

  /**
   * Makes a cache.
   *
   * @param bytes what its rows may take in all, at most
   */
  RowCache(long bytes) {
    long rows = Long.highestOneBit(bytes / MAX_ROW_BYTES);
    this.slots = new AtomicReferenceArray<>((int) Math.min(rows, 1 << 24));
  }

  /** What is in a place. */
  sealed interface Slot {
    /** A row as the volume has it. */
    record Held(Bytes key, Bytes content) implements Slot {}

    /** A row is being written; it was kept here, or another one was, which has to go. */
    record Closed(@Nullable Bytes kept) implements Slot {}
  }

  /** A read of a row that was not here: nobody else's, and valid until the row's place closes. */
  static final class Reading implements Slot {
    private final int place;

    private Reading(int place) {
      this.place = place;
    }
  }

  /** The row's content, if it is here. */
  @Nullable Bytes find(Bytes key) {
    return slots.length() > 0
            && slots.get(place(key)) instanceof Slot.Held(Bytes held, Bytes content)
            && held.equals(key)
        ? content
        : null;
  }

  /** Begins to read a row from the volume. */
  @Nullable Reading begin(Bytes key) {
    if (slots.length() == 0) {
      return null;
    }
    int place = place(key);
    Slot old = slots.get(place);
    if (old instanceof Slot.Closed) {
      return null;
    }
    Reading reading = new Reading(place);
    return slots.compareAndSet(place, old, reading) ? reading : null;
  }

  /**
   * Keeps what a reading has found, unless the row may have been written meanwhile.
   *
   * @param content nothing when there is no such row
   */
  void end(@Nullable Reading reading, Bytes key, @Nullable Bytes content) {
    if (reading != null) {
      slots.compareAndSet(reading.place, reading, held(key, content));
    }
  }

  private static Slot.@Nullable Held held(Bytes key, @Nullable Bytes content) {
    return content == null || content.sizeBytes() > MAX_ROW_BYTES
        ? null
        : new Slot.Held(key, content);
  }

  /** These rows are about to be written: nothing of them is told from here until they are. */
  void close(Collection<Bytes> keys) {
    if (slots.length() > 0) {
      keys.forEach(key -> slots.getAndUpdate(place(key), slot -> closed(slot, key)));
    }
  }

  private static Slot closed(@Nullable Slot slot, Bytes key) {
    boolean kept = slot instanceof Slot.Held(Bytes held, Bytes _) && held.equals(key);
    return new Slot.Closed(kept ? key : null);
  }

  /**
   * A row that was about to be written is: a place that kept it keeps it as it is now.
   *
   * @param content nothing when the row is gone, or was not written
   */
  void open(Bytes key, @Nullable Bytes content) {
    if (slots.length() == 0) {
      return;
    }
    int place = place(key);
    boolean kept = slots.get(place) instanceof Slot.Closed(Bytes closed) && key.equals(closed);
    slots.set(place, kept ? held(key, content) : null);
  }

  /** Nothing that was kept is told any more. */
  void clear() {
    for (int place = 0; place < slots.length(); place++) {
      slots.set(place, null);
    }
  }

  private int place(Bytes key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 15)) & (slots.length() - 1);
  }
}
