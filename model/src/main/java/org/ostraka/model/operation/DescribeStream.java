package org.ostraka.model.operation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamStatus;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableKey;

/** Describes a stream and its shards. */
public final class DescribeStream {
  private DescribeStream() {}

  /**
   * The request. Immutable.
   *
   * @param streamArn the stream's ARN, as it was sent
   * @param exclusiveStart the shard after which the page begins
   * @param childrenOf the shard whose children alone are returned; absent for all shards
   */
  public record Request(
      String streamArn,
      @Nullable Integer limit,
      @Nullable String exclusiveStart,
      @Nullable String childrenOf) {}

  /**
   * A part of a stream, which holds the changes of a part of the table's items for some time.
   * Immutable.
   *
   * @param parent the shard that held these items' changes before; absent in the first ones
   * @param first no record has a lower sequence number
   * @param last no record has a higher one; absent while the shard is open
   */
  public record Shard(
      String id, @Nullable String parent, BigInteger first, @Nullable BigInteger last) {}

  /**
   * The response. Immutable.
   *
   * @param shards a page of the shards, older ones first
   * @param lastEvaluated the last shard of the page, if there are more
   */
  public record Response(
      StreamArn arn,
      StreamStatus status,
      StreamViewType viewType,
      Instant created,
      TableKey key,
      List<Shard> shards,
      @Nullable String lastEvaluated) {
    public Response {
      shards = List.copyOf(shards);
    }
  }
}
