package org.ostraka.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.storage.archive.ConditionalPut;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.MemoryBuckets;

/**
 * Buckets in memory whose next reading may break off, and where something may happen before an
 * object is put. One thread.
 */
final class FaultyBuckets implements Buckets {
  private final MemoryBuckets buckets = new MemoryBuckets();
  private final Map<String, Runnable> beforePuts = new HashMap<>();
  private final Map<String, Runnable> beforeReads = new HashMap<>();
  private int breaksAfter = Integer.MAX_VALUE;

  void make(String bucket) {
    buckets.make(bucket);
  }

  /** Makes the next object that is read break off after so many bytes. */
  void breakOffAfter(int bytes) {
    breaksAfter = bytes;
  }

  /** Makes something happen before an object is put for the first time. */
  void beforePut(String key, Runnable event) {
    beforePuts.put(key, event);
  }

  /** Makes something happen between the listing of an object and its first reading. */
  void beforeRead(String key, Runnable event) {
    beforeReads.put(key, event);
  }

  @Override
  public String put(BucketName bucket, String key, Bytes content) {
    Optional.ofNullable(beforePuts.remove(key)).ifPresent(Runnable::run);
    return buckets.put(bucket, key, content);
  }

  @Override
  public ConditionalPut putIfAbsent(BucketName bucket, String key, Bytes content) {
    return buckets.putIfAbsent(bucket, key, content);
  }

  @Override
  public List<Listed> list(BucketName bucket, String prefix, Optional<String> after) {
    return buckets.list(bucket, prefix, after);
  }

  @Override
  public InputStream read(BucketName bucket, String key) {
    return breaking(buckets.read(bucket, key));
  }

  @Override
  public InputStream read(BucketName bucket, Listed object) {
    Optional.ofNullable(beforeReads.remove(object.key())).ifPresent(Runnable::run);
    return breaking(buckets.read(bucket, object));
  }

  @Override
  public void delete(BucketName bucket, String key) {
    buckets.delete(bucket, key);
  }

  private InputStream breaking(InputStream object) {
    int left = breaksAfter;
    breaksAfter = Integer.MAX_VALUE;
    return new Breaking(object, left);
  }

  /** Reads an object up to where it breaks off. */
  private static final class Breaking extends FilterInputStream {
    private int left;

    Breaking(InputStream in, int left) {
      super(in);
      this.left = left;
    }

    /** As of a connection: nobody knows what comes. */
    @Override
    public int available() {
      return 0;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("the connection breaks");
      }
      int read = in.read(array, offset, Math.min(left, length));
      left -= Math.max(0, read);
      return read;
    }
  }
}
