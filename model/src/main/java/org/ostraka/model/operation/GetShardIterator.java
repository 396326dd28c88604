package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/** Finds a place in a shard from which records can be read. */
public final class GetShardIterator {
  private GetShardIterator() {}

  /** Where reading begins. */
  public enum Type {
    /** With the oldest record that is still kept. */
    TRIM_HORIZON,
    /** After the newest record. */
    LATEST,
    /** With the record of a sequence number. */
    AT_SEQUENCE_NUMBER,
    /** After the record of a sequence number. */
    AFTER_SEQUENCE_NUMBER
  }

  /**
   * The request. Immutable.
   *
   * @param streamArn the stream's ARN, as it was sent
   * @param sequenceNumber for the types that need one
   */
  public record Request(
      String streamArn, String shardId, Type type, @Nullable String sequenceNumber) {}

  /** The response. Immutable. */
  public record Response(String shardIterator) {}
}
