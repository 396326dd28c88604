package org.ostraka.engine.operation;

import java.time.Duration;

/**
 * The settings of streams that an operator may choose. Immutable.
 *
 * @param shards the minimum number of open shards of a stream, 1 to {@link #MAX_SHARDS}
 * @param shardLifetime how long a shard takes changes before another one takes its place, a second
 *     or more
 * @param readerRetention how long changes are kept for Kinesis data streams, functions and brokers
 *     that have not got them yet, {@link #MIN_READER_RETENTION} or more
 */
public record StreamSettings(int shards, Duration shardLifetime, Duration readerRetention) {
  /** The shortest time for which changes are kept for slow readers: that of streams. */
  public static final Duration MIN_READER_RETENTION = Duration.ofHours(24);

  /** The maximum number of open shards of a stream. */
  public static final int MAX_SHARDS = 256;

  /**
   * One shard, for four hours: shards of the service's streams are closed after 3.8 to 4.5 hours
   * (FLINK-26890).
   */
  public static final StreamSettings DEFAULT =
      new StreamSettings(1, Duration.ofHours(4), Duration.ofDays(7));

  public StreamSettings {
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException("a stream has 1 to " + MAX_SHARDS + " open shards");
    }
    if (shardLifetime.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a shard takes changes for a second or more");
    }
    if (readerRetention.compareTo(MIN_READER_RETENTION) < 0) {
      throw new IllegalArgumentException("changes are kept for a day or more");
    }
  }
}
