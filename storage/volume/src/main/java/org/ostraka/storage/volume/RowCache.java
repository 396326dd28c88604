package org.ostraka.storage.volume;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/**
 * Keeps rows that were read lately, as the volume has them, so that they need not be read from it
 * again. Any thread reads; one thread at a time writes.
 *
 * <p>The hash of a row's key picks its place. Rows share places; a newer row replaces an older one.
 * When the cache exceeds its size, it evicts places in turn, which is random order because places
 * are hashed. A place is closed while a row that belongs there is written, so that no reader can
 * put the old row there; it opens, empty or with the new row, when the write is visible. A reader
 * that finds a place closed reads the volume.
 */
final class RowCache {
  /** Rows with more bytes than this are not kept. */
  static final int MAX_ROW_BYTES = 2048;

  /** What a row takes beside its key and its content: an object and the headers of two arrays. */
  private static final int ROW_OVERHEAD_BYTES = 80;

  /** One place for so many bytes: at a kilobyte a row, a quarter of the places is taken. */
  private static final int BYTES_A_PLACE = 256;

  private static final int MAX_PLACES = 1 << 26;

  private final AtomicReferenceArray<@Nullable Slot> slots;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();

  /**
   * Makes a cache.
   *
   * @param maxBytes what its rows may take in all
   */
  RowCache(long maxBytes) {
    long places = Long.highestOneBit(maxBytes / BYTES_A_PLACE);
    this.slots = new AtomicReferenceArray<>((int) Math.min(places, MAX_PLACES));
    this.maxBytes = maxBytes;
  }

  /** What is in a place. */
  sealed interface Slot {
    /**
     * A row as the volume has it, in as few objects as possible: whoever looks for it loads each of
     * them, and the collector copies each of them while it is new. Immutable.
     */
    final class Held implements Slot {
      private final byte[] key;
      private final byte[] value;
      private final long stamp;
      private final int origin;

      private Held(Bytes key, VersionedValue row) {
        this.key = key.array();
        this.value = row.value().array();
        this.stamp = row.version().stamp().value();
        this.origin = row.version().origin().id();
      }

      boolean isOf(Bytes other) {
        return Arrays.equals(key, other.array());
      }

      VersionedValue row() {
        return new VersionedValue(
            new Version(new Stamp(stamp), new Origin(origin)), Bytes.wrap(value));
      }

      int sizeBytes() {
        return key.length + value.length + ROW_OVERHEAD_BYTES;
      }
    }

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

  /** Returns the row, if it is here. */
  @Nullable VersionedValue find(Bytes key) {
    return slots.length() > 0 && slots.get(place(key)) instanceof Slot.Held held && held.isOf(key)
        ? held.row()
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
    if (!slots.compareAndSet(place, old, reading)) {
      return null;
    }
    gone(old);
    return reading;
  }

  /**
   * Keeps what a reading has found, unless the row may have been written meanwhile.
   *
   * @param row nothing when there is no such row
   */
  void end(@Nullable Reading reading, Bytes key, @Nullable VersionedValue row) {
    if (reading == null) {
      return;
    }
    Slot.Held held = held(key, row);
    if (slots.compareAndSet(reading.place, reading, held)) {
      came(held);
    }
  }

  private static Slot.@Nullable Held held(Bytes key, @Nullable VersionedValue row) {
    return row == null || row.value().sizeBytes() > MAX_ROW_BYTES ? null : new Slot.Held(key, row);
  }

  /** These rows are about to be written: nothing of them is told from here until they are. */
  void close(Collection<Bytes> keys) {
    if (slots.length() > 0) {
      keys.forEach(key -> gone(slots.getAndUpdate(place(key), slot -> closed(slot, key))));
    }
  }

  private static Slot closed(@Nullable Slot slot, Bytes key) {
    boolean kept = slot instanceof Slot.Held held && held.isOf(key);
    return new Slot.Closed(kept ? key : null);
  }

  /**
   * A row that was about to be written is: a place that kept it keeps it as it is now.
   *
   * @param row nothing when the row is gone, or was not written
   */
  void open(Bytes key, @Nullable VersionedValue row) {
    if (slots.length() == 0) {
      return;
    }
    int place = place(key);
    boolean kept = slots.get(place) instanceof Slot.Closed(Bytes closed) && key.equals(closed);
    Slot.Held held = kept ? held(key, row) : null;
    // Rows of one group may share a place: it opens with the first, and a reader may fill it then.
    gone(slots.getAndSet(place, held));
    came(held);
  }

  /** Nothing that was kept is told any more. */
  void clear() {
    for (int place = 0; place < slots.length(); place++) {
      gone(slots.getAndSet(place, null));
    }
  }

  /** What the rows that are kept take now; more than may be only while one of them comes. */
  long sizeBytes() {
    return bytes.get();
  }

  private void came(Slot.@Nullable Held row) {
    if (row != null && bytes.addAndGet(row.sizeBytes()) > maxBytes) {
      makeRoom();
    }
  }

  private void gone(@Nullable Slot slot) {
    if (slot instanceof Slot.Held row) {
      bytes.addAndGet(-row.sizeBytes());
    }
  }

  /** Once around at most: what is left then is about to be told as gone by other threads. */
  private void makeRoom() {
    for (int looked = 0; bytes.get() > maxBytes && looked < slots.length(); looked++) {
      int place = hand.getAndIncrement() & (slots.length() - 1);
      if (slots.get(place) instanceof Slot.Held row && slots.compareAndSet(place, row, null)) {
        gone(row);
      }
    }
  }

  /** The upper bits of a product with 2^32 over the golden ratio: keys that are alike lie apart. */
  private int place(Bytes key) {
    int unused = Integer.numberOfLeadingZeros(slots.length() - 1);
    return (key.hashCode() * 0x9E37_79B9) >>> 1 >>> (unused - 1);
  }
}
