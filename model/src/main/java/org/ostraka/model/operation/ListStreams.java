package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableName;

/** Lists the streams of an account in a region, or those of one table, in the order of ARNs. */
public final class ListStreams {
  private ListStreams() {}

  /**
   * The request. Immutable.
   *
   * @param tableName the table whose streams are listed; absent for all tables
   * @param exclusiveStart the ARN after which the page begins, as it was sent
   */
  public record Request(
      @Nullable TableName tableName, @Nullable String exclusiveStart, @Nullable Integer limit) {}

  /** The response. Immutable. */
  public record Response(List<StreamArn> streams, @Nullable StreamArn lastEvaluated) {
    public Response {
      streams = List.copyOf(streams);
    }
  }
}
