package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ImportDescription;

/** ListImports: lists imports, newer ones first. */
public final class ListImports {
  private ListImports() {}

  /** The request. Immutable. */
  public record Request(
      @Nullable String tableArn, @Nullable Integer pageSize, @Nullable String nextToken) {}

  /**
   * The response. Immutable.
   *
   * @param next asks for the next page; empty at the end
   */
  public record Response(List<ImportDescription> imports, Optional<String> next) {
    public Response {
      imports = List.copyOf(imports);
    }
  }
}
