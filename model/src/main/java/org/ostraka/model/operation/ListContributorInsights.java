package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.ContributorInsightsStatus;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableName;

/** Lists the tables and global indexes for which contributor insights are collected. */
public final class ListContributorInsights {
  private ListContributorInsights() {}

  /**
   * The request. Immutable.
   *
   * @param tableName the name or ARN of the only table to list; absent for all of them
   * @param nextToken where the previous page ended; absent for the first page
   * @param maxResults the greatest number of summaries; absent or 0 for a full page
   */
  public record Request(
      @Nullable String tableName, @Nullable String nextToken, @Nullable Integer maxResults) {}

  /** One table or index. Immutable. */
  public record Summary(
      TableName table,
      Optional<IndexName> index,
      ContributorInsightsStatus status,
      ContributorInsightsMode mode) {}

  /** The response. Immutable. */
  public record Response(List<Summary> summaries, Optional<String> next) {
    public Response {
      summaries = List.copyOf(summaries);
    }
  }
}
