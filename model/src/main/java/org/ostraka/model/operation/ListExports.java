package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ExportDescription;

/** ListExports: lists exports, newer ones first. */
public final class ListExports {
  private ListExports() {}

  /** The request. Immutable. */
  public record Request(
      @Nullable String tableArn, @Nullable Integer maxResults, @Nullable String nextToken) {}

  /**
   * The response. Immutable.
   *
   * @param next asks for the next page; empty at the end
   */
  public record Response(List<ExportDescription> exports, Optional<String> next) {
    public Response {
      exports = List.copyOf(exports);
    }
  }
}
