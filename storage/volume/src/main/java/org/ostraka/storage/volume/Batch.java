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

  /** Bytes that a batch may put for each row that it deletes, besides the bytes of its key. */
  private static final long MAX_PUT_BYTES_PER_DELETE = 128;

  private static final int SOME_CHANGES = 10;

  private final List<Change> changes;
  private long deletes;
  private long deletedKeyBytes;
  private long putBytes;
  private boolean removes;
  private boolean drops;
  private long sizeBytes;

  /** Makes a batch without changes. */
  public Batch() {
    this(SOME_CHANGES);
  }

  /** Makes a batch without changes that has room for so many, and takes more. */
  Batch(int expected) {
    changes = new ArrayList<>(expected);
  }

  /** The changes so far, in order. */
  public List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }

  /**
   * Returns whether the batch is how room is made: it deletes, and puts little beside, as the size
   * of a collection; or it puts rows of the first space alone, in which a drop is noted.
   */
  public boolean makesRoom() {
    return makesRoom(deletes, deletedKeyBytes, putBytes);
  }

  static boolean makesRoom(long deletes, long deletedKeyBytes, long putBytes) {
    return putBytes <= deletedKeyBytes + deletes * MAX_PUT_BYTES_PER_DELETE;
  }

  /** Returns whether any of the changes removes something. */
  public boolean removes() {
    return removes;
  }

  /** Returns whether whole spaces are removed, and nothing is put but rows of the first space. */
  public boolean drops() {
    return drops && putBytes == 0;
  }

  /**
   * Returns whether nothing is put or deleted but rows of the first space and records of its log.
   */
  public boolean isOfFirstSpace() {
    return putBytes == 0 && deletes == 0;
  }

  /** Bytes of all keys and values. */
  public long sizeBytes() {
    return sizeBytes;
  }

  void put(byte[] key, byte[] value) {
    if (!StoredKey.isOfFirstSpace(key)) {
      putBytes += key.length + value.length;
    }
    note(key, value);
  }

  /** Puts a small entry of the store's own, which comes with every batch. */
  void note(byte[] key, byte[] value) {
    changes.add(new Change.Put(key, value));
    sizeBytes += key.length + value.length;
  }

  void delete(byte[] key) {
    changes.add(new Change.Delete(key));
    removes = true;
    if (StoredKey.isRow(key) && !StoredKey.isOfFirstSpace(key)) {
      deletes++;
      deletedKeyBytes += key.length;
    }
    sizeBytes += key.length;
  }

  /** Removes all rows, or all records, of a space that is used no more. */
  void drop(StoredKey.Span span) {
    deleteRange(span);
    drops = true;
  }

  void deleteRange(StoredKey.Span span) {
    changes.add(new Change.DeleteRange(span.from(), span.to()));
    removes = true;
    sizeBytes += span.from().length + span.to().length;
  }
}
