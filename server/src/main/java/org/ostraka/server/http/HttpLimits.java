package org.ostraka.server.http;

import java.time.Duration;

/**
 * The limits beyond which the server refuses requests.
 *
 * @param maxBodyBytes the largest body, both as sent and inflated. 16 MB is the largest request of
 *     any operation (BatchWriteItem, "Service, account, and table quotas")
 * @param maxBodiesBytes the bytes of large bodies of all requests at once; beyond it a request is
 *     refused with 503. Bodies up to {@link #UNCOUNTED_BODY_BYTES} are not counted, since {@code
 *     maxConnections} bounds them
 * @param maxAnswersBytes the bytes held at once for answers of more than 4 KB, from the reading of
 *     their rows until the clients have them; beyond it requests are refused with 503 before they
 *     are carried out
 * @param roomTimeout how long a write may wait for room for the image that it returns
 * @param maxRequestLineBytes the longest request line; a longer one is refused with 414
 * @param maxHeaderBytes the largest header section; a larger one is refused with 431. A session
 *     token alone may take several thousand bytes
 * @param maxConnections open connections; a further one is refused with 503. Each costs about 20 KB
 *     and one file descriptor, and descriptors must not run out: Helidon stops listening when
 *     accept fails
 * @param minCompressedBytes the smallest body that is compressed for a client that accepts gzip
 * @param idleTimeout how long a connection may stay open between requests
 * @param headTimeout from the first byte of a request to the end of its header section
 * @param bodyTimeout from the end of the header section to the end of the body
 * @param responseTimeout how long the client may take to accept a response
 * @param stopGrace how long {@link HttpServer#close} waits for requests in flight
 */
public record HttpLimits(
    int maxBodyBytes,
    long maxBodiesBytes,
    long maxAnswersBytes,
    int maxRequestLineBytes,
    int maxHeaderBytes,
    int maxConnections,
    int minCompressedBytes,
    Duration roomTimeout,
    Duration idleTimeout,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration responseTimeout,
    Duration stopGrace) {

  /** Bodies up to this many bytes are not counted against {@link #maxBodiesBytes}. */
  public static final int UNCOUNTED_BODY_BYTES = 32 * 1024;

  /** The default limits. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          16 * 1024 * 1024,
          512L * 1024 * 1024,
          512L * 1024 * 1024,
          8 * 1024,
          32 * 1024,
          20_000,
          4096,
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20));

  /**
   * Bodies may take 1/16 of the heap: reading JSON takes up to twelve times the size of the body.
   */
  private static final int HEAP_PER_BODIES = 16;

  /** Answers may take 1/8 of the heap: there may be a compressed copy of each. */
  private static final int HEAP_PER_ANSWERS = 8;

  /**
   * At most half of the files that the process may open can be connections, so that accept never
   * lacks a file descriptor.
   */
  private static final int FILES_PER_CONNECTION = 2;

  /**
   * Returns the default limits for a machine: room for large bodies depends on the heap (1/16 of
   * it, but at least two of the largest bodies), connections on the number of files that may be
   * open.
   *
   * @param heapBytes the maximum size of the heap
   * @param openFiles the most files that the process may have open
   */
  public static HttpLimits forMachine(long heapBytes, long openFiles) {
    long connections = Math.max(1, openFiles / FILES_PER_CONNECTION);
    return new HttpLimits(
        DEFAULT.maxBodyBytes,
        Math.max(2L * DEFAULT.maxBodyBytes, heapBytes / HEAP_PER_BODIES),
        Math.max(2L * DEFAULT.maxBodyBytes, heapBytes / HEAP_PER_ANSWERS),
        DEFAULT.maxRequestLineBytes,
        DEFAULT.maxHeaderBytes,
        (int) Math.min(DEFAULT.maxConnections, connections),
        DEFAULT.minCompressedBytes,
        DEFAULT.roomTimeout,
        DEFAULT.idleTimeout,
        DEFAULT.headTimeout,
        DEFAULT.bodyTimeout,
        DEFAULT.responseTimeout,
        DEFAULT.stopGrace);
  }

  /** Refuses limits that no request could satisfy. */
  public HttpLimits {
    requirePositive(maxBodyBytes, "maxBodyBytes");
    requirePositive(maxBodiesBytes, "maxBodiesBytes");
    requirePositive(maxAnswersBytes, "maxAnswersBytes");
    requirePositive(maxRequestLineBytes, "maxRequestLineBytes");
    requirePositive(maxHeaderBytes, "maxHeaderBytes");
    requirePositive(maxConnections, "maxConnections");
    requirePositive(minCompressedBytes, "minCompressedBytes");
    requirePositive(roomTimeout.toMillis(), "roomTimeout in milliseconds");
    requirePositive(idleTimeout.toMillis(), "idleTimeout in milliseconds");
    requirePositive(headTimeout.toMillis(), "headTimeout in milliseconds");
    requirePositive(bodyTimeout.toMillis(), "bodyTimeout in milliseconds");
    requirePositive(responseTimeout.toMillis(), "responseTimeout in milliseconds");
    requirePositive(stopGrace.toMillis(), "stopGrace in milliseconds");
    if (maxBodyBytes > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "maxBodyBytes must stay below 512 MB, not " + maxBodyBytes);
    }
  }

  private static void requirePositive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }
}
