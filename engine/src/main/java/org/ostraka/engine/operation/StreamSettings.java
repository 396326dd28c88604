package org.ostraka.engine.operation;

import java.time.Duration;

/**
 * The settings of streams that an operator may choose. Immutable.
 *
 * @param shards the minimum number of open shards of a stream, 1 to {@link #MAX_SHARDS}
 * @param shardLifetime how long a shard takes changes before another one takes its place, a second
 *     or more
 */
public record StreamSettings(int shards, Duration shardLifetime) {
  /** The maximum number of open shards of a stream. */
  public static final int MAX_SHARDS = 256;

  /**
   * One shard, for four hours: shards of the service's streams are closed after 3.8 to 4.5 hours
   * (FLINK-26890).
   */
  public static final StreamSettings DEFAULT = new StreamSettings(1, Duration.ofHours(4));

  public StreamSettings {
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException("a stream has 1 to " + MAX_SHARDS + " open shards");
    }
    if (shardLifetime.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a shard takes changes for a second or more");
    }
  }
}
