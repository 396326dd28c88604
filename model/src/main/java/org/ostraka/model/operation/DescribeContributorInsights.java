package org.ostraka.model.operation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.ContributorInsightsStatus;
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

  /**
   * The response. Immutable.
   *
   * @param rules the names of the rules; none while the insights are disabled
   * @param mode absent where insights were never collected
   * @param changed absent where insights were never collected
   */
  public record Response(
      TableName table,
      Optional<IndexName> index,
      List<String> rules,
      ContributorInsightsStatus status,
      Optional<ContributorInsightsMode> mode,
      Optional<Instant> changed) {
    public Response {
      rules = List.copyOf(rules);
    }
  }
}
