package org.ostraka.engine.gate;

/**
 * The actions that a caller may be allowed, by their names in IAM policies.
 *
 * <p>Most operations are one action. Transactions and PartiQL statements have none of their own and
 * are judged by their members: "Using IAM with DynamoDB transactions" and "IAM security policies
 * with PartiQL for DynamoDB" in the Developer Guide.
 */
public enum Action {
  BATCH_GET_ITEM("BatchGetItem"),
  BATCH_WRITE_ITEM("BatchWriteItem"),
  CONDITION_CHECK_ITEM("ConditionCheckItem"),
  CREATE_BACKUP("CreateBackup"),
  CREATE_GLOBAL_TABLE("CreateGlobalTable"),
  CREATE_TABLE("CreateTable"),
  DELETE_BACKUP("DeleteBackup"),
  DELETE_ITEM("DeleteItem"),
  DELETE_RESOURCE_POLICY("DeleteResourcePolicy"),
  DELETE_TABLE("DeleteTable"),
  DESCRIBE_BACKUP("DescribeBackup"),
  DESCRIBE_CONTINUOUS_BACKUPS("DescribeContinuousBackups"),
  DESCRIBE_CONTRIBUTOR_INSIGHTS("DescribeContributorInsights"),
  DESCRIBE_ENDPOINTS("DescribeEndpoints"),
  DESCRIBE_GLOBAL_TABLE("DescribeGlobalTable"),
  DESCRIBE_GLOBAL_TABLE_SETTINGS("DescribeGlobalTableSettings"),
  DESCRIBE_KINESIS_STREAMING_DESTINATION("DescribeKinesisStreamingDestination"),
  DESCRIBE_LIMITS("DescribeLimits"),
  DESCRIBE_STREAM("DescribeStream"),
  DESCRIBE_TABLE("DescribeTable"),
  DESCRIBE_TIME_TO_LIVE("DescribeTimeToLive"),
  DISABLE_KINESIS_STREAMING_DESTINATION("DisableKinesisStreamingDestination"),
  ENABLE_KINESIS_STREAMING_DESTINATION("EnableKinesisStreamingDestination"),
  GET_ITEM("GetItem"),
  GET_RECORDS("GetRecords"),
  GET_RESOURCE_POLICY("GetResourcePolicy"),
  GET_SHARD_ITERATOR("GetShardIterator"),
  LIST_BACKUPS("ListBackups"),
  LIST_GLOBAL_TABLES("ListGlobalTables"),
  LIST_STREAMS("ListStreams"),
  LIST_TABLES("ListTables"),
  LIST_TAGS_OF_RESOURCE("ListTagsOfResource"),
  PARTIQL_DELETE("PartiQLDelete"),
  PARTIQL_INSERT("PartiQLInsert"),
  PARTIQL_SELECT("PartiQLSelect"),
  PARTIQL_UPDATE("PartiQLUpdate"),
  PUT_ITEM("PutItem"),
  PUT_RESOURCE_POLICY("PutResourcePolicy"),
  QUERY("Query"),
  RESTORE_TABLE_FROM_BACKUP("RestoreTableFromBackup"),
  RESTORE_TABLE_TO_POINT_IN_TIME("RestoreTableToPointInTime"),
  SCAN("Scan"),
  TAG_RESOURCE("TagResource"),
  UNTAG_RESOURCE("UntagResource"),
  UPDATE_CONTINUOUS_BACKUPS("UpdateContinuousBackups"),
  UPDATE_GLOBAL_TABLE("UpdateGlobalTable"),
  UPDATE_GLOBAL_TABLE_SETTINGS("UpdateGlobalTableSettings"),
  UPDATE_ITEM("UpdateItem"),
  UPDATE_KINESIS_STREAMING_DESTINATION("UpdateKinesisStreamingDestination"),
  UPDATE_TABLE("UpdateTable"),
  UPDATE_TIME_TO_LIVE("UpdateTimeToLive");

  private final String iamName;

  Action(String operation) {
    this.iamName = "dynamodb:" + operation;
  }

  /** Returns whether the action changes nothing. */
  boolean isRead() {
    return switch (this) {
      case BATCH_GET_ITEM,
          CONDITION_CHECK_ITEM,
          DESCRIBE_BACKUP,
          DESCRIBE_CONTINUOUS_BACKUPS,
          DESCRIBE_CONTRIBUTOR_INSIGHTS,
          DESCRIBE_ENDPOINTS,
          DESCRIBE_GLOBAL_TABLE,
          DESCRIBE_GLOBAL_TABLE_SETTINGS,
          DESCRIBE_KINESIS_STREAMING_DESTINATION,
          DESCRIBE_LIMITS,
          DESCRIBE_STREAM,
          DESCRIBE_TABLE,
          DESCRIBE_TIME_TO_LIVE,
          GET_ITEM,
          GET_RECORDS,
          GET_RESOURCE_POLICY,
          GET_SHARD_ITERATOR,
          LIST_BACKUPS,
          LIST_GLOBAL_TABLES,
          LIST_STREAMS,
          LIST_TABLES,
          LIST_TAGS_OF_RESOURCE,
          PARTIQL_SELECT,
          QUERY,
          SCAN ->
          true;
      case BATCH_WRITE_ITEM,
          CREATE_BACKUP,
          CREATE_GLOBAL_TABLE,
          CREATE_TABLE,
          DELETE_BACKUP,
          DELETE_ITEM,
          DELETE_RESOURCE_POLICY,
          DELETE_TABLE,
          DISABLE_KINESIS_STREAMING_DESTINATION,
          ENABLE_KINESIS_STREAMING_DESTINATION,
          PARTIQL_DELETE,
          PARTIQL_INSERT,
          PARTIQL_UPDATE,
          PUT_ITEM,
          PUT_RESOURCE_POLICY,
          RESTORE_TABLE_FROM_BACKUP,
          RESTORE_TABLE_TO_POINT_IN_TIME,
          TAG_RESOURCE,
          UNTAG_RESOURCE,
          UPDATE_CONTINUOUS_BACKUPS,
          UPDATE_GLOBAL_TABLE,
          UPDATE_GLOBAL_TABLE_SETTINGS,
          UPDATE_ITEM,
          UPDATE_KINESIS_STREAMING_DESTINATION,
          UPDATE_TABLE,
          UPDATE_TIME_TO_LIVE ->
          false;
    };
  }

  /**
   * Returns whether a policy of a table or stream can allow the action to other accounts: "DynamoDB
   * API operations supported by resource-based policies" in the Developer Guide.
   */
  boolean isForOtherAccounts() {
    return switch (this) {
      case BATCH_GET_ITEM,
          BATCH_WRITE_ITEM,
          CONDITION_CHECK_ITEM,
          DELETE_ITEM,
          DELETE_TABLE,
          DESCRIBE_STREAM,
          DESCRIBE_TABLE,
          GET_ITEM,
          GET_RECORDS,
          GET_SHARD_ITERATOR,
          LIST_TAGS_OF_RESOURCE,
          PUT_ITEM,
          QUERY,
          SCAN,
          TAG_RESOURCE,
          UNTAG_RESOURCE,
          UPDATE_ITEM,
          UPDATE_TABLE ->
          true;
      case CREATE_BACKUP,
          CREATE_GLOBAL_TABLE,
          CREATE_TABLE,
          DELETE_BACKUP,
          DELETE_RESOURCE_POLICY,
          DESCRIBE_BACKUP,
          DESCRIBE_CONTINUOUS_BACKUPS,
          DESCRIBE_CONTRIBUTOR_INSIGHTS,
          DESCRIBE_ENDPOINTS,
          DESCRIBE_GLOBAL_TABLE,
          DESCRIBE_GLOBAL_TABLE_SETTINGS,
          DESCRIBE_KINESIS_STREAMING_DESTINATION,
          DESCRIBE_LIMITS,
          DESCRIBE_TIME_TO_LIVE,
          DISABLE_KINESIS_STREAMING_DESTINATION,
          ENABLE_KINESIS_STREAMING_DESTINATION,
          GET_RESOURCE_POLICY,
          LIST_BACKUPS,
          LIST_GLOBAL_TABLES,
          LIST_STREAMS,
          LIST_TABLES,
          PARTIQL_DELETE,
          PARTIQL_INSERT,
          PARTIQL_SELECT,
          PARTIQL_UPDATE,
          PUT_RESOURCE_POLICY,
          RESTORE_TABLE_FROM_BACKUP,
          RESTORE_TABLE_TO_POINT_IN_TIME,
          UPDATE_CONTINUOUS_BACKUPS,
          UPDATE_GLOBAL_TABLE,
          UPDATE_GLOBAL_TABLE_SETTINGS,
          UPDATE_KINESIS_STREAMING_DESTINATION,
          UPDATE_TIME_TO_LIVE ->
          false;
    };
  }

  /** Returns the name in policies, such as {@code dynamodb:PutItem}. */
  public String iamName() {
    return iamName;
  }
}
