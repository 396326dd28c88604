package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableName;

/** Names the tables of an account in a region, in order. */
public final class ListTables {
  private ListTables() {}

  /** What the caller asks. Immutable. */
  public record Request(@Nullable TableName exclusiveStart, @Nullable Integer limit) {}

  /** What the caller is told. Immutable. */
  public record Response(List<TableName> tables, @Nullable TableName lastEvaluated) {
    public Response {
      tables = List.copyOf(tables);
    }
  }
}
