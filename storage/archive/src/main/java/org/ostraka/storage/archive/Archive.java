package org.ostraka.storage.archive;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;

/**
 * Objects with names, which are written once and never changed. Any thread.
 *
 * <p>Nothing is decided in an archive: the store knows which objects count. All methods throw
 * {@link org.ostraka.storage.StorageFailedException} when the archive cannot be used; then an
 * object may be there or not.
 */
public interface Archive {
  /** The maximum size of an object. Objects are read as a whole. */
  int MAX_OBJECT_BYTES = 64 << 20;

  /**
   * Stores an object durably and at once as a whole: it is never seen in part. Replaces the object
   * of this name, if there is one.
   *
   * @param name see {@link ObjectName}
   */
  void put(String name, Bytes content);

  /**
   * Stores an object as {@link #put} does, unless there is one of this name.
   *
   * @param name see {@link ObjectName}
   */
  ConditionalPut putIfAbsent(String name, Bytes content);

  /** Returns an object; empty when there is none of this name. */
  Optional<Bytes> read(String name);

  /** Returns the names that begin with a prefix, in order. */
  List<String> list(String prefix);

  /** Removes an object, if it exists. */
  void delete(String name);

  /** Makes those who wait for the archive return soon, with a failure: the server stops. */
  default void stop() {}
}
