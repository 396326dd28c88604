package org.ostraka.transfer.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.storage.archive.ConditionalPut;

/**
 * Buckets of objects, as S3 has them. Any thread.
 *
 * <p>All methods throw {@link BucketException} when the bucket cannot be used at all, and {@link
 * org.ostraka.storage.StorageFailedException} when it may be tried again.
 */
public interface Buckets {
  /** The most objects that a listing returns at once. */
  int MAX_LISTED = 1_000;

  /**
   * Stores an object durably and at once as a whole; replaces the object of this key.
   *
   * @return the object's ETag
   */
  String put(BucketName bucket, String key, Bytes content);

  /** Stores an object as {@link #put} does, unless there is one of this key. */
  ConditionalPut putIfAbsent(BucketName bucket, String key, Bytes content);

  /**
   * Lists objects in the order of their keys.
   *
   * @param after the key after which the listing begins; absent at its start
   * @return at most {@link #MAX_LISTED}; none only at the end
   */
  List<Listed> list(BucketName bucket, String prefix, Optional<String> after);

  /**
   * Opens an object. Reading may throw an {@link IOException}, or what the methods here throw; it
   * does not wait without end.
   *
   * @throws BucketException also when there is no such object
   */
  InputStream read(BucketName bucket, String key);

  /**
   * Opens an object as it was listed.
   *
   * @throws BucketException also when it was replaced or removed since then
   */
  InputStream read(BucketName bucket, Listed object);

  /** Removes an object durably, if it exists. */
  void delete(BucketName bucket, String key);

  /** Makes those who wait for buckets return soon, with a failure: the server stops. */
  default void stop() {}

  /**
   * An object of a listing. Immutable.
   *
   * @param version tells this content from any other under the same key: the ETag, or a file's size
   *     and the time of its last change
   */
  record Listed(String key, long sizeBytes, String version) {}
}
