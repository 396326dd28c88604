package org.ostraka.transfer.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.ConditionalPut;

/**
 * An archive in a bucket: each object under its name behind a prefix. Any thread.
 *
 * <p>A bucket takes an object as a whole or not at all, so an upload that breaks off leaves
 * nothing.
 */
public final class BucketArchive implements Archive {
  private final Buckets buckets;
  private final BucketName bucket;
  private final String prefix;

  /**
   * Makes an archive.
   *
   * @param prefix the beginning of all keys, without a slash at its end; empty for none
   */
  public BucketArchive(Buckets buckets, String bucket, String prefix) {
    this.buckets = buckets;
    this.bucket = new BucketName(bucket, Optional.empty());
    this.prefix = prefix.isEmpty() ? "" : prefix + "/";
  }

  @Override
  public void put(String name, Bytes content) {
    requireSize(content);
    try {
      buckets.put(bucket, prefix + name, content);
    } catch (BucketException refused) {
      throw failed("written", refused);
    }
  }

  @Override
  public ConditionalPut putIfAbsent(String name, Bytes content) {
    requireSize(content);
    try {
      return buckets.putIfAbsent(bucket, prefix + name, content);
    } catch (BucketException refused) {
      throw failed("written", refused);
    }
  }

  private static void requireSize(Bytes content) {
    if (content.sizeBytes() > MAX_OBJECT_BYTES) {
      throw new IllegalArgumentException("an object of " + content.sizeBytes() + " bytes");
    }
  }

  @Override
  public Optional<Bytes> read(String name) {
    try (InputStream object = buckets.read(bucket, prefix + name)) {
      byte[] content = object.readNBytes(MAX_OBJECT_BYTES + 1);
      if (content.length > MAX_OBJECT_BYTES) {
        throw new StorageFailedException("object " + name + " of the archive is too large");
      }
      return Optional.of(Bytes.wrap(content));
    } catch (BucketException refused) {
      if (refused.isNoSuchKey()) {
        return Optional.empty();
      }
      throw failed("read", refused);
    } catch (IOException failure) {
      throw failed("read", failure);
    }
  }

  @Override
  public List<String> list(String namePrefix) {
    List<String> names = new ArrayList<>();
    try {
      Optional<String> after = Optional.empty();
      List<Buckets.Listed> page = buckets.list(bucket, prefix + namePrefix, after);
      while (!page.isEmpty()) {
        page.forEach(object -> names.add(object.key().substring(prefix.length())));
        after = Optional.of(page.getLast().key());
        page = buckets.list(bucket, prefix + namePrefix, after);
      }
      return names;
    } catch (BucketException refused) {
      throw failed("listed", refused);
    }
  }

  @Override
  public void delete(String name) {
    try {
      buckets.delete(bucket, prefix + name);
    } catch (BucketException refused) {
      throw failed("cleaned", refused);
    }
  }

  @Override
  public void stop() {
    buckets.stop();
  }

  private StorageFailedException failed(String what, Exception failure) {
    return new StorageFailedException(
        "the archive in s3://" + bucket.name() + "/" + prefix + " cannot be " + what, failure);
  }
}
