package org.ostraka.model.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableName;

/** Returns whether contributor insights are collected for a table or a global index. */
public final class DescribeContributorInsights {
  private DescribeContributorInsights() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param indexName the index that the request is about; absent for the table
   */
  public record Request(String tableName, @Nullable String indexName) {}

  /** The response. Immutable. */
  public record Response(TableName table, Optional<IndexName> index, boolean enabled) {}
}
