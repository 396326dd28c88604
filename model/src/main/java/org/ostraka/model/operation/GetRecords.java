package org.ostraka.model.operation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Item;
import org.ostraka.model.Region;
import org.ostraka.model.StreamViewType;

/** Reads records of a shard. */
public final class GetRecords {
  private GetRecords() {}

  /** The request. Immutable. */
  public record Request(String shardIterator, @Nullable Integer limit) {}

  /** What happened to an item. */
  public enum EventName {
    INSERT,
    MODIFY,
    REMOVE
  }

  /**
   * A change of one item. Immutable.
   *
   * @param eventId tells the change from all others: 32 hexadecimal digits
   * @param service the service that changed the item by itself, such as {@code
   *     dynamodb.amazonaws.com} for expired items; absent when a caller did
   * @param created when the change was made
   * @param before the item before the change, if there was one and the stream shows it
   * @param after the item after the change, if there is one and the stream shows it
   * @param sequenceNumber its place in the stream: 21 to 40 digits, which increase
   * @param sizeBytes the size of the key and of both images that the stream shows
   */
  public record StreamRecord(
      String eventId,
      EventName eventName,
      Region region,
      Optional<String> service,
      Instant created,
      Item key,
      Optional<Item> before,
      Optional<Item> after,
      String sequenceNumber,
      long sizeBytes,
      StreamViewType viewType) {}

  /**
   * The response. Immutable.
   *
   * @param nextShardIterator absent at the end of a closed shard
   */
  public record Response(List<StreamRecord> records, @Nullable String nextShardIterator) {
    public Response {
      records = List.copyOf(records);
    }
  }
}
