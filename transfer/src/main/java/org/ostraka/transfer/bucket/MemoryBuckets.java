package org.ostraka.transfer.bucket;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.ostraka.model.Bytes;
import org.ostraka.storage.archive.ConditionalPut;

/** Buckets in memory. Any thread. */
public final class MemoryBuckets implements Buckets {
  private final Map<String, NavigableMap<String, Bytes>> buckets = new ConcurrentHashMap<>();

  /** Makes a bucket, unless it exists. */
  public void make(String bucket) {
    buckets.putIfAbsent(bucket, new ConcurrentSkipListMap<>());
  }

  @Override
  public String put(BucketName bucket, String key, Bytes content) {
    objects(bucket).put(key, content);
    return Digests.etag(content.array());
  }

  @Override
  public ConditionalPut putIfAbsent(BucketName bucket, String key, Bytes content) {
    return objects(bucket).putIfAbsent(key, content) == null
        ? ConditionalPut.STORED
        : ConditionalPut.EXISTS;
  }

  @Override
  public List<Listed> list(BucketName bucket, String prefix, Optional<String> after) {
    return objects(bucket).entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .filter(object -> after.filter(last -> object.getKey().compareTo(last) <= 0).isEmpty())
        .limit(MAX_LISTED)
        .map(object ->
            new Listed(
                object.getKey(),
                object.getValue().sizeBytes(),
                Digests.etag(object.getValue().array())))
        .toList();
  }

  @Override
  public InputStream read(BucketName bucket, String key) {
    Bytes content = objects(bucket).get(key);
    if (content == null) {
      throw BucketException.noSuchKey();
    }
    return new ByteArrayInputStream(content.array());
  }

  @Override
  public InputStream read(BucketName bucket, Listed object) {
    Bytes content = objects(bucket).get(object.key());
    if (content != null && !Digests.etag(content.array()).equals(object.version())) {
      throw BucketException.replaced(object.key());
    }
    return read(bucket, object.key());
  }

  @Override
  public void delete(BucketName bucket, String key) {
    objects(bucket).remove(key);
  }

  private NavigableMap<String, Bytes> objects(BucketName bucket) {
    NavigableMap<String, Bytes> objects = buckets.get(bucket.name());
    if (objects == null) {
      throw BucketException.noSuchBucket();
    }
    return objects;
  }
}
