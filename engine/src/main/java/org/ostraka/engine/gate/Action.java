package org.ostraka.engine.gate;

import org.ostraka.engine.metric.ItemOperation;

/**
 * The actions that a caller may be allowed, by their names in IAM policies.
 *
 * <p>Most operations are one action. Transactions and PartiQL statements have none of their own and
 * are judged by their members: "Using IAM with DynamoDB transactions" and "IAM security policies
 * with PartiQL for DynamoDB" in the Developer Guide.
 */
public enum Action {
  ASSOCIATE_TABLE_REPLICA("AssociateTableReplica", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  BATCH_GET_ITEM("BatchGetItem", Effect.READS, Sharing.ANY_ACCOUNT),
  BATCH_WRITE_ITEM("BatchWriteItem", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  CANCEL_BULK_OPERATION("CancelBulkOperation", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  CONDITION_CHECK_ITEM("ConditionCheckItem", Effect.READS, Sharing.ANY_ACCOUNT),
  CREATE_BACKUP("CreateBackup", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  CREATE_GLOBAL_TABLE("CreateGlobalTable", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  CREATE_TABLE("CreateTable", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  DELETE_BACKUP("DeleteBackup", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  DELETE_ITEM("DeleteItem", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  DELETE_RESOURCE_POLICY("DeleteResourcePolicy", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  DELETE_TABLE("DeleteTable", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  DELETE_TABLE_REPLICA("DeleteTableReplica", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  DESCRIBE_BACKUP("DescribeBackup", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_BULK_OPERATION("DescribeBulkOperation", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_CONTINUOUS_BACKUPS("DescribeContinuousBackups", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_CONTRIBUTOR_INSIGHTS("DescribeContributorInsights", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_ENDPOINTS("DescribeEndpoints", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_EXPORT("DescribeExport", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_GLOBAL_TABLE("DescribeGlobalTable", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_GLOBAL_TABLE_SETTINGS("DescribeGlobalTableSettings", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_IMPORT("DescribeImport", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_KINESIS_STREAMING_DESTINATION(
      "DescribeKinesisStreamingDestination", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_LIMITS("DescribeLimits", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_STREAM("DescribeStream", Effect.READS, Sharing.ANY_ACCOUNT),
  DESCRIBE_TABLE("DescribeTable", Effect.READS, Sharing.ANY_ACCOUNT),
  DESCRIBE_TABLE_REPLICA_AUTO_SCALING(
      "DescribeTableReplicaAutoScaling", Effect.READS, Sharing.SAME_ACCOUNT),
  DESCRIBE_TIME_TO_LIVE("DescribeTimeToLive", Effect.READS, Sharing.SAME_ACCOUNT),
  DISABLE_KINESIS_STREAMING_DESTINATION(
      "DisableKinesisStreamingDestination", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  DISASSOCIATE_TABLE_REPLICA("DisassociateTableReplica", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  ENABLE_KINESIS_STREAMING_DESTINATION(
      "EnableKinesisStreamingDestination", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  EXPORT_TABLE_TO_POINT_IN_TIME("ExportTableToPointInTime", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  GET_ITEM("GetItem", Effect.READS, Sharing.ANY_ACCOUNT),
  GET_RECORDS("GetRecords", Effect.READS, Sharing.ANY_ACCOUNT),
  GET_RESOURCE_POLICY("GetResourcePolicy", Effect.READS, Sharing.SAME_ACCOUNT),
  GET_SHARD_ITERATOR("GetShardIterator", Effect.READS, Sharing.ANY_ACCOUNT),
  IMPORT_TABLE("ImportTable", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  LIST_BACKUPS("ListBackups", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_BULK_OPERATIONS("ListBulkOperations", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_CONTRIBUTOR_INSIGHTS("ListContributorInsights", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_EXPORTS("ListExports", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_GLOBAL_TABLES("ListGlobalTables", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_IMPORTS("ListImports", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_STREAMS("ListStreams", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_TABLES("ListTables", Effect.READS, Sharing.SAME_ACCOUNT),
  LIST_TAGS_OF_RESOURCE("ListTagsOfResource", Effect.READS, Sharing.ANY_ACCOUNT),
  PARTIQL_DELETE("PartiQLDelete", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  PARTIQL_INSERT("PartiQLInsert", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  PARTIQL_SELECT("PartiQLSelect", Effect.READS, Sharing.SAME_ACCOUNT),
  PARTIQL_UPDATE("PartiQLUpdate", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  PUT_ITEM("PutItem", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  PUT_RESOURCE_POLICY("PutResourcePolicy", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  QUERY("Query", Effect.READS, Sharing.ANY_ACCOUNT),
  RESTORE_TABLE_FROM_BACKUP("RestoreTableFromBackup", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  RESTORE_TABLE_TO_POINT_IN_TIME("RestoreTableToPointInTime", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  SCAN("Scan", Effect.READS, Sharing.ANY_ACCOUNT),
  START_BULK_PUT_ITEMS("StartBulkPutItems", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  TAG_RESOURCE("TagResource", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  UNTAG_RESOURCE("UntagResource", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  UPDATE_CONTINUOUS_BACKUPS("UpdateContinuousBackups", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  UPDATE_CONTRIBUTOR_INSIGHTS("UpdateContributorInsights", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  UPDATE_GLOBAL_TABLE("UpdateGlobalTable", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  UPDATE_GLOBAL_TABLE_SETTINGS("UpdateGlobalTableSettings", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  UPDATE_ITEM("UpdateItem", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  UPDATE_KINESIS_STREAMING_DESTINATION(
      "UpdateKinesisStreamingDestination", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  UPDATE_TABLE("UpdateTable", Effect.CHANGES, Sharing.ANY_ACCOUNT),
  UPDATE_TABLE_REPLICA_AUTO_SCALING(
      "UpdateTableReplicaAutoScaling", Effect.CHANGES, Sharing.SAME_ACCOUNT),
  UPDATE_TIME_TO_LIVE("UpdateTimeToLive", Effect.CHANGES, Sharing.SAME_ACCOUNT);

  private final String iamName;
  private final Effect effect;
  private final Sharing sharing;

  /** Whether an action changes anything. */
  private enum Effect {
    READS,
    CHANGES
  }

  /** Who may be allowed an action by a policy of a table or stream. */
  private enum Sharing {
    SAME_ACCOUNT,
    ANY_ACCOUNT
  }

  Action(String operation, Effect effect, Sharing sharing) {
    this.iamName = "dynamodb:" + operation;
    this.effect = effect;
    this.sharing = sharing;
  }

  /** Returns whether the action changes nothing. */
  boolean isRead() {
    return effect == Effect.READS;
  }

  /**
   * Returns whether a policy of a table or stream can allow the action to other accounts: "DynamoDB
   * API operations supported by resource-based policies" in the Developer Guide.
   */
  boolean isForOtherAccounts() {
    return sharing == Sharing.ANY_ACCOUNT;
  }

  /** Returns the operation on items that is counted for a request with this action alone. */
  ItemOperation operation() {
    return switch (this) {
      case GET_ITEM -> ItemOperation.GET_ITEM;
      case PUT_ITEM -> ItemOperation.PUT_ITEM;
      case UPDATE_ITEM -> ItemOperation.UPDATE_ITEM;
      case DELETE_ITEM -> ItemOperation.DELETE_ITEM;
      case QUERY -> ItemOperation.QUERY;
      case SCAN -> ItemOperation.SCAN;
      case PARTIQL_DELETE, PARTIQL_INSERT, PARTIQL_SELECT, PARTIQL_UPDATE ->
          ItemOperation.EXECUTE_STATEMENT;
      default -> throw new IllegalStateException(iamName + " does not use the items of one table");
    };
  }

  /** Returns the name in policies, such as {@code dynamodb:PutItem}. */
  public String iamName() {
    return iamName;
  }
}
