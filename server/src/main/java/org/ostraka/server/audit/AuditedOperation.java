package org.ostraka.server.audit;

import java.util.Set;

/**
 * An operation as the audit log sees it. Immutable.
 *
 * @param source the service, such as {@code dynamodb.amazonaws.com}
 * @param name the operation's name
 * @param apiVersion the version of the service's API
 */
public record AuditedOperation(String source, String name, String apiVersion) {
  /**
   * The operations on items and on records of streams: "Logging DynamoDB operations by CloudTrail".
   */
  private static final Set<String> DATA =
      Set.of(
          "BatchExecuteStatement",
          "BatchGetItem",
          "BatchWriteItem",
          "DeleteItem",
          "ExecuteStatement",
          "ExecuteTransaction",
          "GetItem",
          "GetRecords",
          "GetShardIterator",
          "PutItem",
          "Query",
          "Scan",
          "TransactGetItems",
          "TransactWriteItems",
          "UpdateItem");

  private static final Set<String> DATA_READS =
      Set.of(
          "BatchGetItem",
          "GetItem",
          "GetRecords",
          "GetShardIterator",
          "Query",
          "Scan",
          "TransactGetItems");

  /** Operations on values of metrics: "Logging CloudWatch API calls with CloudTrail". */
  private static final Set<String> METRICS =
      Set.of("GetMetricData", "GetMetricStatistics", "ListMetrics");

  /** Returns whether the operation concerns tables and not items or values of metrics. */
  public boolean isManagement() {
    return !DATA.contains(name) && !METRICS.contains(name);
  }

  /** Returns whether the operation changes nothing. Statements may be of both kinds. */
  public boolean isReadOnly() {
    return DATA_READS.contains(name)
        || METRICS.contains(name)
        || name.startsWith("Describe")
        || name.startsWith("List")
        || (isManagement() && name.startsWith("Get"));
  }
}
