package org.ostraka.transfer.s3;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.transfer.bucket.BucketException;

/**
 * Reads an object of S3 in parts, each by one request for a range. One thread.
 *
 * <p>A part that does not come is asked for again before the reading fails. The parts belong to one
 * object: one that has been replaced meanwhile is refused.
 */
final class S3Object extends InputStream {
  private static final int PART_BYTES = 4 << 20;
  private static final int ATTEMPTS = 3;
  private static final int BEYOND_THE_END = 416;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");
  private static final byte[] NOTHING = {};

  private final Ranges ranges;
  private byte[] part = NOTHING;
  private int from;

  /** The bytes of the object before those of the part, and with them. */
  private long end;

  private long sizeBytes;
  private Optional<String> etag;

  /** Asks for a part of the object. */
  @FunctionalInterface
  interface Ranges {
    /** Sends a request with these headers besides its own. */
    HttpResponse<byte[]> get(Map<String, String> headers);
  }

  /**
   * Makes an object of which nothing is read yet.
   *
   * @param etag the ETag that the object must have; absent if it may have any
   */
  S3Object(Optional<String> etag, Ranges ranges) {
    this.etag = etag;
    this.ranges = ranges;
  }

  /** Reads the first part, which shows whether there is the object. */
  void begin() {
    take(answer());
  }

  @Override
  public int read() {
    return hasNext() ? part[from++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] array, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!hasNext()) {
      return -1;
    }
    int count = Math.min(length, part.length - from);
    System.arraycopy(part, from, array, offset, count);
    from += count;
    return count;
  }

  private boolean hasNext() {
    if (from == part.length && end < sizeBytes) {
      take(answer());
    }
    return from < part.length;
  }

  private HttpResponse<byte[]> answer() {
    Map<String, String> headers = new HashMap<>();
    headers.put("Range", "bytes=" + end + "-" + (end + PART_BYTES - 1));
    etag.ifPresent(tag -> headers.put("If-Match", tag));
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> answer = ranges.get(headers);
        if (answer.statusCode() != BEYOND_THE_END) {
          S3Answers.requireDone(answer);
        }
        return answer;
      } catch (StorageFailedException failure) {
        if (attempt == ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  private void take(HttpResponse<byte[]> answer) {
    boolean isEmpty = answer.statusCode() == BEYOND_THE_END && end == 0;
    part = isEmpty ? NOTHING : answer.body();
    from = 0;
    if (!isEmpty) {
      sizeBytes = sizeOf(answer);
      end += part.length;
      etag = answer.headers().firstValue("ETag");
    }
  }

  /** Returns the size of the whole object, whose next bytes an answer has. */
  private long sizeOf(HttpResponse<byte[]> answer) {
    String range = answer.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    if (matcher.matches() && Long.parseLong(matcher.group(1)) == end && part.length > 0) {
      return Long.parseLong(matcher.group(2));
    }
    if (answer.statusCode() == 200 && end == 0) {
      return part.length;
    }
    throw new BucketException("S3InvalidRange", "S3 answers another range than was asked for");
  }
}
