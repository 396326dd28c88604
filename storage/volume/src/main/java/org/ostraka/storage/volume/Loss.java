package org.ostraka.storage.volume;

import java.util.Arrays;
import java.util.Optional;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * What a damaged file may have had that a repair could not keep. Immutable.
 *
 * @param message what is lost, for the operator: names the file
 * @param keys the stored keys that it may have had
 */
public record Loss(String message, Keys keys) {
  private static final byte[] BEYOND_ALL = {(byte) 0xFF};

  /** Stored keys from the first to the last, both included. */
  public record Keys(byte[] first, byte[] last) {
    /** Returns all keys. */
    public static Keys all() {
      return new Keys(new byte[0], BEYOND_ALL);
    }

    /** Returns a range without a key. */
    public static Keys none() {
      return new Keys(new byte[] {1}, new byte[0]);
    }

    boolean isNone() {
      return Arrays.compareUnsigned(first, last) > 0;
    }

    boolean has(byte[] key) {
      return Arrays.compareUnsigned(first, key) <= 0 && Arrays.compareUnsigned(key, last) <= 0;
    }

    boolean meets(StoredKey.Span span) {
      return Arrays.compareUnsigned(first, span.to()) < 0
          && Arrays.compareUnsigned(span.from(), last) <= 0;
    }
  }

  /** Spaces from the first to the last, both included. */
  public record Spaces(Space first, Space last) {}

  /** Returns a loss that may be of any key. */
  public static Loss ofAny(String message) {
    return new Loss(message, Keys.all());
  }

  /** Returns a loss of something beside the entries, such as a torn record of no client. */
  public static Loss ofNone(String message) {
    return new Loss(message, Keys.none());
  }

  /** Returns whether any entry may be lost. */
  public boolean isOfAny() {
    return keys.first().length == 0 && keys.has(BEYOND_ALL);
  }

  /** Returns whether a stored key may be lost. */
  public boolean mayHaveHad(byte[] key) {
    return keys.has(key);
  }

  /** Returns whether a row may be lost. */
  public boolean mayHaveHad(RowKey row) {
    return keys.has(StoredKey.of(row));
  }

  /** Returns whether a row of a space may be lost. */
  public boolean mayHaveHadRowOf(Space space) {
    return !keys.isNone() && keys.meets(StoredKey.rowsOf(space));
  }

  /** Returns the spaces of the rows that may be lost; empty if they may be of any space. */
  public Optional<Spaces> spaces() {
    if (keys.isNone() || isOfAny() || keys.first().length == 0) {
      return Optional.empty();
    }
    if (keys.first()[0] != keys.last()[0]) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Spaces(StoredKey.space(keys.first()), StoredKey.space(keys.last())));
    } catch (CorruptDataException _) {
      // The keys of a block may end before their space does.
      return Optional.empty();
    }
  }
}
