package org.ostraka.model.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.ContributorInsightsStatus;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableName;

/** Begins or ends the counting of the keys of a table or a global index. */
public final class UpdateContributorInsights {
  private UpdateContributorInsights() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param indexName the index that the request is about; absent for the table
   * @param enable whether to begin
   * @param mode what to count; absent for accesses and throttling
   */
  public record Request(
      String tableName,
      @Nullable String indexName,
      boolean enable,
      @Nullable ContributorInsightsMode mode) {}

  /**
   * The response. Immutable.
   *
   * @param mode absent where insights were never collected
   */
  public record Response(
      TableName table,
      Optional<IndexName> index,
      ContributorInsightsStatus status,
      Optional<ContributorInsightsMode> mode) {}
}
