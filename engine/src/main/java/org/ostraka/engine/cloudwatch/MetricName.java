package org.ostraka.engine.cloudwatch;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The metrics that are kept: "DynamoDB metrics and dimensions" in the Developer Guide. */
public enum MetricName {
  ACCOUNT_MAX_READS("AccountMaxReads", Unit.COUNT),
  ACCOUNT_MAX_TABLE_LEVEL_READS("AccountMaxTableLevelReads", Unit.COUNT),
  ACCOUNT_MAX_TABLE_LEVEL_WRITES("AccountMaxTableLevelWrites", Unit.COUNT),
  ACCOUNT_MAX_WRITES("AccountMaxWrites", Unit.COUNT),
  ACCOUNT_PROVISIONED_READ_CAPACITY_UTILIZATION(
      "AccountProvisionedReadCapacityUtilization", Unit.PERCENT),
  ACCOUNT_PROVISIONED_WRITE_CAPACITY_UTILIZATION(
      "AccountProvisionedWriteCapacityUtilization", Unit.PERCENT),
  AGE_OF_OLDEST_UNREPLICATED_RECORD("AgeOfOldestUnreplicatedRecord", Unit.MILLISECONDS),
  CONDITIONAL_CHECK_FAILED_REQUESTS("ConditionalCheckFailedRequests", Unit.COUNT),
  CONSUMED_CHANGE_DATA_CAPTURE_UNITS("ConsumedChangeDataCaptureUnits", Unit.COUNT),
  CONSUMED_READ_CAPACITY_UNITS("ConsumedReadCapacityUnits", Unit.COUNT),
  CONSUMED_WRITE_CAPACITY_UNITS("ConsumedWriteCapacityUnits", Unit.COUNT),
  FAILED_TO_REPLICATE_RECORD_COUNT("FailedToReplicateRecordCount", Unit.COUNT),
  MAX_PROVISIONED_TABLE_READ_CAPACITY_UTILIZATION(
      "MaxProvisionedTableReadCapacityUtilization", Unit.PERCENT),
  MAX_PROVISIONED_TABLE_WRITE_CAPACITY_UTILIZATION(
      "MaxProvisionedTableWriteCapacityUtilization", Unit.PERCENT),
  ONLINE_INDEX_CONSUMED_WRITE_CAPACITY("OnlineIndexConsumedWriteCapacity", Unit.COUNT),
  ONLINE_INDEX_PERCENTAGE_PROGRESS("OnlineIndexPercentageProgress", Unit.COUNT),
  ONLINE_INDEX_THROTTLE_EVENTS("OnlineIndexThrottleEvents", Unit.COUNT),
  PENDING_REPLICATION_COUNT("PendingReplicationCount", Unit.COUNT),
  PROVISIONED_READ_CAPACITY_UNITS("ProvisionedReadCapacityUnits", Unit.COUNT),
  PROVISIONED_WRITE_CAPACITY_UNITS("ProvisionedWriteCapacityUnits", Unit.COUNT),
  READ_ACCOUNT_LIMIT_THROTTLE_EVENTS("ReadAccountLimitThrottleEvents", Unit.COUNT),
  READ_KEY_RANGE_THROUGHPUT_THROTTLE_EVENTS("ReadKeyRangeThroughputThrottleEvents", Unit.COUNT),
  READ_MAX_ON_DEMAND_THROUGHPUT_THROTTLE_EVENTS(
      "ReadMaxOnDemandThroughputThrottleEvents", Unit.COUNT),
  READ_PROVISIONED_THROUGHPUT_THROTTLE_EVENTS(
      "ReadProvisionedThroughputThrottleEvents", Unit.COUNT),
  READ_THROTTLE_EVENTS("ReadThrottleEvents", Unit.COUNT),
  REPLICATION_LATENCY("ReplicationLatency", Unit.MILLISECONDS),
  RETURNED_BYTES("ReturnedBytes", Unit.BYTES),
  RETURNED_ITEM_COUNT("ReturnedItemCount", Unit.COUNT),
  RETURNED_RECORDS_COUNT("ReturnedRecordsCount", Unit.COUNT),
  SUCCESSFUL_REQUEST_LATENCY("SuccessfulRequestLatency", Unit.MILLISECONDS),
  SYSTEM_ERRORS("SystemErrors", Unit.COUNT),
  THROTTLED_PUT_RECORD_COUNT("ThrottledPutRecordCount", Unit.COUNT),
  THROTTLED_REQUESTS("ThrottledRequests", Unit.COUNT),
  TIME_TO_LIVE_DELETED_ITEM_COUNT("TimeToLiveDeletedItemCount", Unit.COUNT),
  TRANSACTION_CONFLICT("TransactionConflict", Unit.COUNT),
  USER_ERRORS("UserErrors", Unit.COUNT),
  WRITE_ACCOUNT_LIMIT_THROTTLE_EVENTS("WriteAccountLimitThrottleEvents", Unit.COUNT),
  WRITE_KEY_RANGE_THROUGHPUT_THROTTLE_EVENTS("WriteKeyRangeThroughputThrottleEvents", Unit.COUNT),
  WRITE_MAX_ON_DEMAND_THROUGHPUT_THROTTLE_EVENTS(
      "WriteMaxOnDemandThroughputThrottleEvents", Unit.COUNT),
  WRITE_PROVISIONED_THROUGHPUT_THROTTLE_EVENTS(
      "WriteProvisionedThroughputThrottleEvents", Unit.COUNT),
  WRITE_THROTTLE_EVENTS("WriteThrottleEvents", Unit.COUNT);

  /** The namespace of all of them. */
  static final String NAMESPACE = "AWS/DynamoDB";

  private static final Map<String, MetricName> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(MetricName::word, Function.identity()));

  /** The units of metrics. */
  enum Unit {
    BYTES("Bytes"),
    COUNT("Count"),
    MILLISECONDS("Milliseconds"),
    PERCENT("Percent");

    private final String word;

    Unit(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private final String word;
  private final Unit unit;

  MetricName(String word, Unit unit) {
    this.word = word;
    this.unit = unit;
  }

  /** Returns the name as CloudWatch spells it. */
  public String word() {
    return word;
  }

  Unit unit() {
    return unit;
  }

  static Optional<MetricName> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
