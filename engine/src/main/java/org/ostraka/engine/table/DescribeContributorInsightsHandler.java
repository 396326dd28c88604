package org.ostraka.engine.table;

import java.util.Optional;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.Limits;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeContributorInsights;

/** Carries out DescribeContributorInsights. Any thread. */
public final class DescribeContributorInsightsHandler
    implements OperationHandler<
        DescribeContributorInsights.Request, DescribeContributorInsights.Response> {
  private final Gate gate;

  public DescribeContributorInsightsHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public DescribeContributorInsights.Response handle(
      Caller caller, DescribeContributorInsights.Request request) {
    Optional<String> index = Optional.ofNullable(request.indexName());
    index.ifPresent(DescribeContributorInsightsHandler::requireLength);
    TableDescription table =
        gate.admit(caller, Action.DESCRIBE_CONTRIBUTOR_INSIGHTS, request.tableName())
            .record()
            .description();
    return new DescribeContributorInsights.Response(
        table.name(), index.map(name -> globalIndex(table, name)), false); // not collected yet
  }

  private static void requireLength(String index) {
    if (index.length() < Limits.TABLE_NAME_MIN_CHARS
        || index.length() > Limits.TABLE_NAME_MAX_CHARS) {
      throw new ValidationException(
          "IndexName must be at least 3 characters long and at most 255 characters long");
    }
  }

  /** Returns the name of a global index that serves; others do not exist for this operation. */
  private static IndexName globalIndex(TableDescription table, String name) {
    return table
        .index(name)
        .filter(index -> index instanceof GlobalIndex && index.serves())
        .map(Index::name)
        .orElseThrow(() ->
            new ResourceNotFoundException(
                "Requested resource not found: Index: "
                    + name
                    + " not found for table: "
                    + table.name()));
  }
}
