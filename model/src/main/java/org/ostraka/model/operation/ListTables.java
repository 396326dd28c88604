package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableName;

/** Lists the names of an account's tables in a region, in order. */
public final class ListTables {
  private ListTables() {}

  /** The request. Immutable. */
  public record Request(@Nullable TableName exclusiveStart, @Nullable Integer limit) {}

  /** The response. Immutable. */
  public record Response(List<TableName> tables, @Nullable TableName lastEvaluated) {
    public Response {
      tables = List.copyOf(tables);
    }
  }
}
