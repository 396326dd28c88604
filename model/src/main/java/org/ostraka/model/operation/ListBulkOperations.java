package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BulkOperation;

/** ListBulkOperations: lists bulk operations, newer ones first. */
public final class ListBulkOperations {
  private ListBulkOperations() {}

  /** The request. Immutable. */
  public record Request(@Nullable Integer maxResults, @Nullable String nextToken) {}

  /**
   * The response. Immutable.
   *
   * @param next asks for the next page; empty at the end
   */
  public record Response(List<BulkOperation> operations, Optional<String> next) {
    public Response {
      operations = List.copyOf(operations);
    }
  }
}
