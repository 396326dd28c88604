package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.engine.Engine;

/** Every operation that Ostraka has: its name, its codec and its handler. Stateless. */
public final class Operations {
  private Operations() {}

  /**
   * DynamoDB over an engine.
   *
   * @param load the limits on memory and computing of requests
   */
  public static Service over(Engine engine, LoadControl load) {
    Service.Builder builder =
        new Service.Builder(List.of("dynamodb"), "com.amazonaws.dynamodb.v20120810", load)
            .targetPrefix("DynamoDB_20120810");
    addTables(builder, engine);
    addTags(builder, engine);
    addPolicies(builder, engine);
    addItems(builder, engine);
    addSeveral(builder, engine);
    addStatements(builder, engine);
    addTimeToLive(builder, engine);
    addDestinations(builder, engine);
    addBackups(builder, engine);
    addGlobalTables(builder, engine);
    return builder.build();
  }

  /**
   * DynamoDB Streams over an engine.
   *
   * @param load the limits on memory and computing of requests
   */
  public static Service streamsOver(Engine engine, LoadControl load) {
    return new Service.Builder(List.of("dynamodb"), "com.amazonaws.dynamodb.v20120810", load)
        .targetPrefix("DynamoDBStreams_20120810")
        .add("ListStreams", new ListStreamsCodec(), engine.listStreams())
        .add("DescribeStream", new DescribeStreamCodec(), engine.describeStream())
        .add("GetShardIterator", new GetShardIteratorCodec(), engine.getShardIterator())
        .add("GetRecords", new GetRecordsCodec(), engine.getRecords())
        .build();
  }

  private static void addTables(Service.Builder builder, Engine engine) {
    builder
        .add("CreateTable", new CreateTableCodec(), engine.createTable())
        .add("DescribeTable", new DescribeTableCodec(), engine.describeTable())
        .add("ListTables", new ListTablesCodec(), engine.listTables())
        .add("UpdateTable", new UpdateTableCodec(), engine.updateTable())
        .add("DeleteTable", new DeleteTableCodec(), engine.deleteTable())
        .add("DescribeLimits", new DescribeLimitsCodec(), engine.describeLimits())
        .add("DescribeEndpoints", new DescribeEndpointsCodec(), engine.describeEndpoints())
        .add(
            "DescribeContributorInsights",
            new DescribeContributorInsightsCodec(),
            engine.describeContributorInsights())
        .add(
            "UpdateContributorInsights",
            new UpdateContributorInsightsCodec(),
            engine.updateContributorInsights())
        .add(
            "ListContributorInsights",
            new ListContributorInsightsCodec(),
            engine.listContributorInsights());
  }

  private static void addDestinations(Service.Builder builder, Engine engine) {
    builder
        .add(
            "DescribeKinesisStreamingDestination",
            new DescribeKinesisStreamingDestinationCodec(),
            engine.describeKinesisStreamingDestination())
        .add(
            "EnableKinesisStreamingDestination",
            new EnableKinesisStreamingDestinationCodec(),
            engine.enableKinesisStreamingDestination())
        .add(
            "UpdateKinesisStreamingDestination",
            new UpdateKinesisStreamingDestinationCodec(),
            engine.updateKinesisStreamingDestination())
        .add(
            "DisableKinesisStreamingDestination",
            new DisableKinesisStreamingDestinationCodec(),
            engine.disableKinesisStreamingDestination());
  }

  private static void addBackups(Service.Builder builder, Engine engine) {
    builder
        .add("CreateBackup", new CreateBackupCodec(), engine.createBackup())
        .add("DescribeBackup", new DescribeBackupCodec(), engine.describeBackup())
        .add("ListBackups", new ListBackupsCodec(), engine.listBackups())
        .add("DeleteBackup", new DeleteBackupCodec(), engine.deleteBackup())
        .add(
            "ExportTableToPointInTime",
            new ExportTableToPointInTimeCodec(),
            engine.exportTableToPointInTime())
        .add("DescribeExport", new DescribeExportCodec(), engine.describeExport())
        .add("ListExports", new ListExportsCodec(), engine.listExports())
        .add("ImportTable", new ImportTableCodec(), engine.importTable())
        .add("StartBulkPutItems", new StartBulkPutItemsCodec(), engine.startBulkPutItems())
        .add(
            "DescribeBulkOperation",
            new DescribeBulkOperationCodec(),
            engine.describeBulkOperation())
        .add("ListBulkOperations", new ListBulkOperationsCodec(), engine.listBulkOperations())
        .add("CancelBulkOperation", new CancelBulkOperationCodec(), engine.cancelBulkOperation())
        .add("DescribeImport", new DescribeImportCodec(), engine.describeImport())
        .add("ListImports", new ListImportsCodec(), engine.listImports())
        .add(
            "RestoreTableFromBackup",
            new RestoreTableFromBackupCodec(),
            engine.restoreTableFromBackup())
        .add(
            "UpdateContinuousBackups",
            new UpdateContinuousBackupsCodec(),
            engine.updateContinuousBackups())
        .add(
            "DescribeContinuousBackups",
            new DescribeContinuousBackupsCodec(),
            engine.describeContinuousBackups())
        .add(
            "RestoreTableToPointInTime",
            new RestoreTableToPointInTimeCodec(),
            engine.restoreTableToPointInTime());
  }

  /** Adds the operations on global tables of version 2017.11.29, which are refused. */
  private static void addGlobalTables(Service.Builder builder, Engine engine) {
    builder
        .add("CreateGlobalTable", LegacyGlobalTableCodec.create(), engine.createGlobalTable())
        .add("UpdateGlobalTable", LegacyGlobalTableCodec.update(), engine.updateGlobalTable())
        .add("DescribeGlobalTable", LegacyGlobalTableCodec.describe(), engine.describeGlobalTable())
        .add(
            "DescribeTableReplicaAutoScaling",
            new DescribeTableReplicaAutoScalingCodec(),
            engine.describeTableReplicaAutoScaling())
        .add(
            "UpdateTableReplicaAutoScaling",
            new UpdateTableReplicaAutoScalingCodec(),
            engine.updateTableReplicaAutoScaling())
        .add("ListGlobalTables", new ListGlobalTablesCodec(), engine.listGlobalTables())
        .add(
            "DescribeGlobalTableSettings",
            LegacyGlobalTableCodec.describeSettings(),
            engine.describeGlobalTableSettings())
        .add(
            "UpdateGlobalTableSettings",
            LegacyGlobalTableCodec.updateSettings(),
            engine.updateGlobalTableSettings());
  }

  private static void addTags(Service.Builder builder, Engine engine) {
    builder
        .add("TagResource", new TagResourceCodec(), engine.tagResource())
        .add("UntagResource", new UntagResourceCodec(), engine.untagResource())
        .add("ListTagsOfResource", new ListTagsOfResourceCodec(), engine.listTagsOfResource());
  }

  private static void addPolicies(Service.Builder builder, Engine engine) {
    builder
        .add("PutResourcePolicy", new PutResourcePolicyCodec(), engine.putResourcePolicy())
        .add("GetResourcePolicy", new GetResourcePolicyCodec(), engine.getResourcePolicy())
        .add(
            "DeleteResourcePolicy", new DeleteResourcePolicyCodec(), engine.deleteResourcePolicy());
  }

  private static void addItems(Service.Builder builder, Engine engine) {
    builder
        .add("PutItem", new PutItemCodec(), engine.putItem())
        .add("GetItem", new GetItemCodec(), engine.getItem())
        .add("DeleteItem", new DeleteItemCodec(), engine.deleteItem())
        .add("UpdateItem", new UpdateItemCodec(), engine.updateItem())
        .add("Query", new QueryCodec(), engine.query())
        .add("Scan", new ScanCodec(), engine.scan());
  }

  private static void addSeveral(Service.Builder builder, Engine engine) {
    builder
        .add("BatchGetItem", new BatchGetItemCodec(), engine.batchGetItem())
        .add("BatchWriteItem", new BatchWriteItemCodec(), engine.batchWriteItem())
        .add("TransactWriteItems", new TransactWriteItemsCodec(), engine.transactWriteItems())
        .add("TransactGetItems", new TransactGetItemsCodec(), engine.transactGetItems());
  }

  private static void addStatements(Service.Builder builder, Engine engine) {
    builder
        .add("ExecuteStatement", new ExecuteStatementCodec(), engine.executeStatement())
        .add(
            "BatchExecuteStatement",
            new BatchExecuteStatementCodec(),
            engine.batchExecuteStatement())
        .add("ExecuteTransaction", new ExecuteTransactionCodec(), engine.executeTransaction());
  }

  private static void addTimeToLive(Service.Builder builder, Engine engine) {
    builder
        .add("UpdateTimeToLive", new UpdateTimeToLiveCodec(), engine.updateTimeToLive())
        .add("DescribeTimeToLive", new DescribeTimeToLiveCodec(), engine.describeTimeToLive());
  }
}
