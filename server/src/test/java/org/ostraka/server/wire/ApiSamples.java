package org.ostraka.server.wire;

import java.util.List;
import java.util.Map;

/** What {@link ApiFuzzTest} begins with: sound bodies, and the shapes of all requests. */
final class ApiSamples {
  /** An operation and a sound body. */
  record Sample(String operation, String body) {}

  private static final String BACKUP =
      "arn:aws:dynamodb:us-east-1:000000000000:table/items/backup/01791504000000-00000001";

  private static final String BULK =
      "arn:aws:dynamodb:us-east-1:000000000000:table/items/bulk-operation/01791504000000-0a1b2c3d";

  private static final String EXPORT =
      "arn:aws:dynamodb:us-east-1:000000000000:table/items/export/01791504000000-00000001";

  /** Sound bodies; a test fails when one of them is refused. */
  static final List<Sample> ALL =
      List.of(
          new Sample(
              "CreateTable",
              """
              {"TableName":"orders","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
              "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PROVISIONED",\
              "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5.0},\
              "OnDemandThroughput":{"MaxReadRequestUnits":-1},"TableClass":"STANDARD",\
              "DeletionProtectionEnabled":false}\
              """),
          new Sample("ListTables", "{\"ExclusiveStartTableName\":\"abc\",\"Limit\":1e1}"),
          new Sample(
              "DescribeTable",
              "{\"TableName\":\"arn:aws:dynamodb:eu-central-1:000000000000:table/abc\"}"),
          new Sample(
              "UpdateTable",
              "{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"TableClass\":null}"),
          new Sample("DeleteTable", "{\"TableName\":\"orders\"}"),
          new Sample("DescribeLimits", "{}"),
          new Sample("DescribeEndpoints", "{}"),
          new Sample("DescribeContinuousBackups", "{\"TableName\":\"items\"}"),
          new Sample(
              "UpdateContinuousBackups",
              """
              {"TableName":"items","PointInTimeRecoverySpecification":\
              {"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":7}}\
              """),
          new Sample("CreateBackup", "{\"TableName\":\"items\",\"BackupName\":\"daily\"}"),
          new Sample(
              "ExportTableToPointInTime",
              """
              {"TableArn":"arn:aws:dynamodb:us-east-1:000000000000:table/items","S3Bucket":"out",\
              "S3Prefix":"a/b","ExportFormat":"ION","ExportType":"INCREMENTAL_EXPORT",\
              "IncrementalExportSpecification":{"ExportFromTime":1791504000,"ExportToTime":1.5},\
              "FilterSpecification":{"KeyConditionExpression":"id = :i","FilterExpression":"#a > :a",\
              "ProjectionExpression":"id","ExpressionAttributeNames":{"#a":"a"},\
              "ExpressionAttributeValues":{":i":{"S":"1"},":a":{"N":"1"}}}}\
              """),
          new Sample(
              "ImportTable",
              """
              {"S3BucketSource":{"S3Bucket":"out","S3KeyPrefix":"a"},"InputFormat":"CSV",\
              "InputFormatOptions":{"Csv":{"Delimiter":";","HeaderList":["id"]}},\
              "InputCompressionType":"ZSTD","TableCreationParameters":{"TableName":"made",\
              "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
              "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}}\
              """),
          new Sample(
              "StartBulkPutItems",
              """
              {"TableName":"items","InputS3Configuration":{"S3Bucket":"in","S3KeyPrefix":"a",\
              "InputFormat":"ION","InputCompressionType":"GZIP"},"OutputS3Configuration":\
              {"S3Bucket":"out","S3KeyPrefix":"b","S3SseAlgorithm":"AES256",\
              "OutputType":["ERROR","CONDITION_CHECK_FAILURE"]},"MaxWriteRequestUnits":2048,\
              "PerformanceTier":"ACCELERATED","ClientToken":"t"}\
              """),
          new Sample("DescribeBulkOperation", "{\"BulkOperationArn\":\"" + BULK + "\"}"),
          new Sample("CancelBulkOperation", "{\"BulkOperationArn\":\"" + BULK + "\"}"),
          new Sample("ListBulkOperations", "{\"MaxResults\":3}"),
          new Sample("DescribeImport", "{\"ImportArn\":\"" + EXPORT + "\"}"),
          new Sample(
              "ListImports",
              """
              {"PageSize":3,"TableArn":"arn:aws:dynamodb:us-east-1:000000000000:table/items"}\
              """),
          new Sample("DescribeExport", "{\"ExportArn\":\"" + EXPORT + "\"}"),
          new Sample("ListExports", "{\"MaxResults\":3,\"NextToken\":\"" + EXPORT + "\"}"),
          new Sample("DescribeBackup", "{\"BackupArn\":\"" + BACKUP + "\"}"),
          new Sample("DeleteBackup", "{\"BackupArn\":\"" + BACKUP + "\"}"),
          new Sample(
              "ListBackups",
              """
              {"TableName":"items","Limit":5,"TimeRangeLowerBound":1.5,\
              "TimeRangeUpperBound":1791504000,"BackupType":"ALL"}\
              """),
          new Sample(
              "RestoreTableFromBackup",
              "{\"TargetTableName\":\"again\",\"BackupArn\":\""
                  + BACKUP
                  + "\",\"BillingModeOverride\":\"PAY_PER_REQUEST\"}"),
          new Sample(
              "RestoreTableToPointInTime",
              """
              {"SourceTableName":"items","TargetTableName":"again","RestoreDateTime":1791504000.5,\
              "GlobalSecondaryIndexOverride":[]}\
              """),
          new Sample(
              "CreateGlobalTable",
              """
              {"GlobalTableName":"items","ReplicationGroup":[{"RegionName":"us-east-1"}]}\
              """),
          new Sample(
              "UpdateGlobalTable",
              """
              {"GlobalTableName":"items","ReplicaUpdates":[{"Create":{"RegionName":"us-east-1"}},\
              {"Delete":{"RegionName":"us-west-1"}}]}\
              """),
          new Sample("DescribeGlobalTable", "{\"GlobalTableName\":\"items\"}"),
          new Sample("DescribeGlobalTableSettings", "{\"GlobalTableName\":\"items\"}"),
          new Sample(
              "UpdateGlobalTableSettings",
              """
              {"GlobalTableName":"items","GlobalTableBillingMode":"PROVISIONED",\
              "GlobalTableProvisionedWriteCapacityUnits":5,"ReplicaSettingsUpdate":\
              [{"RegionName":"us-east-1","ReplicaProvisionedReadCapacityUnits":5,\
              "ReplicaTableClass":"STANDARD"}]}\
              """),
          new Sample(
              "ListGlobalTables",
              """
              {"ExclusiveStartGlobalTableName":"items","Limit":5,"RegionName":"us-east-1"}\
              """),
          new Sample("DescribeTableReplicaAutoScaling", "{\"TableName\":\"items\"}"),
          new Sample("UpdateTableReplicaAutoScaling", "{\"TableName\":\"items\"}"),
          new Sample(
              "DescribeContributorInsights", "{\"TableName\":\"items\",\"IndexName\":\"by-n\"}"),
          new Sample(
              "UpdateContributorInsights",
              """
              {"TableName":"items","IndexName":"by-n","ContributorInsightsAction":"ENABLE",\
              "ContributorInsightsMode":"THROTTLED_KEYS"}\
              """),
          new Sample("ListContributorInsights", "{\"TableName\":\"items\",\"MaxResults\":1}"),
          new Sample("DescribeKinesisStreamingDestination", "{\"TableName\":\"items\"}"),
          new Sample(
              "EnableKinesisStreamingDestination",
              """
              {"TableName":"items",\
              "StreamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/s",\
              "EnableKinesisStreamingConfiguration":\
              {"ApproximateCreationDateTimePrecision":"MICROSECOND"}}\
              """),
          new Sample(
              "UpdateKinesisStreamingDestination",
              """
              {"TableName":"items",\
              "StreamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/s",\
              "UpdateKinesisStreamingConfiguration":\
              {"ApproximateCreationDateTimePrecision":"MILLISECOND"}}\
              """),
          new Sample(
              "DisableKinesisStreamingDestination",
              """
              {"TableName":"items",\
              "StreamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}\
              """),
          new Sample("DescribeTimeToLive", "{\"TableName\":\"items\"}"),
          new Sample(
              "UpdateTimeToLive",
              """
              {"TableName":"items",\
              "TimeToLiveSpecification":{"Enabled":true,"AttributeName":"n"}}\
              """),
          new Sample(
              "TagResource",
              """
              {"ResourceArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/items",\
              "Tags":[{"Key":"team","Value":"bl\\u00fce"},{"Key":"e","Value":""}]}\
              """),
          new Sample(
              "UntagResource",
              """
              {"ResourceArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/items",\
              "TagKeys":["team"]}\
              """),
          new Sample(
              "ListTagsOfResource",
              """
              {"ResourceArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/items",\
              "NextToken":"x"}\
              """),
          new Sample(
              "PutResourcePolicy",
              """
              {"ResourceArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/items",\
              "Policy":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\
              \\"Principal\\":{\\"AWS\\":\\"111122223333\\"},\\"Action\\":\\"dynamodb:Get*\\",\
              \\"Resource\\":\\"*\\"}]}","ExpectedRevisionId":"NO_POLICY",\
              "ConfirmRemoveSelfResourceAccess":false}\
              """),
          new Sample(
              "GetResourcePolicy",
              """
              {"ResourceArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/items"}\
              """),
          new Sample(
              "DeleteResourcePolicy",
              """
              {"ResourceArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/items",\
              "ExpectedRevisionId":"1"}\
              """),
          new Sample(
              "PutItem",
              """
              {"TableName":"items","Item":{"id":{"S":"\\u00e9\\ud83d\\ude00"},"n":{"N":"-1.50E+3"},\
              "b":{"B":"AQID"},"t":{"BOOL":true},"z":{"NULL":true},"l":{"L":[{"S":""},{"M":{"x":{"N":"0"}}}]},\
              "ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"bs":{"BS":["AQ==","Ag=="]}},\
              "ReturnValues":"ALL_OLD","ReturnConsumedCapacity":"INDEXES"}\
              """),
          new Sample(
              "GetItem",
              """
              {"TableName":"items","Key":{"id":{"S":"a"}},"ConsistentRead":"true",\
              "AttributesToGet":["a","b"],"ReturnConsumedCapacity":"TOTAL"}\
              """),
          new Sample(
              "DeleteItem",
              "{\"TableName\":\"items\",\"Key\":{\"id\":{\"S\":\"a\"}},\"ReturnValues\":\"NONE\"}"),
          new Sample(
              "UpdateItem",
              """
              {"TableName":"items","Key":{"id":{"S":"a"}},"UpdateExpression":"SET #n = if_not_exists(#n, :v) + :v",\
              "ConditionExpression":"attribute_not_exists(b) OR size(b) < :v",\
              "ExpressionAttributeNames":{"#n":"n"},"ExpressionAttributeValues":{":v":{"N":"1"}},\
              "ReturnValues":"UPDATED_NEW","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}\
              """));

  /**
   * The shapes of all requests; {@link ApiFuzzTest#everyOperationIsFuzzed} fails when one is
   * missing.
   */
  static final Map<String, Shape.Structure> SHAPES =
      Map.ofEntries(
          Map.entry("CreateTable", new CreateTableCodec().shape()),
          Map.entry("DescribeTable", new DescribeTableCodec().shape()),
          Map.entry("ListTables", new ListTablesCodec().shape()),
          Map.entry("UpdateTable", new UpdateTableCodec().shape()),
          Map.entry("DeleteTable", new DeleteTableCodec().shape()),
          Map.entry("DescribeLimits", new DescribeLimitsCodec().shape()),
          Map.entry("DescribeEndpoints", new DescribeEndpointsCodec().shape()),
          Map.entry("CreateBackup", new CreateBackupCodec().shape()),
          Map.entry("ExportTableToPointInTime", new ExportTableToPointInTimeCodec().shape()),
          Map.entry("ImportTable", new ImportTableCodec().shape()),
          Map.entry("StartBulkPutItems", new StartBulkPutItemsCodec().shape()),
          Map.entry("DescribeBulkOperation", new DescribeBulkOperationCodec().shape()),
          Map.entry("CancelBulkOperation", new CancelBulkOperationCodec().shape()),
          Map.entry("ListBulkOperations", new ListBulkOperationsCodec().shape()),
          Map.entry("DescribeImport", new DescribeImportCodec().shape()),
          Map.entry("ListImports", new ListImportsCodec().shape()),
          Map.entry("DescribeExport", new DescribeExportCodec().shape()),
          Map.entry("ListExports", new ListExportsCodec().shape()),
          Map.entry("DescribeBackup", new DescribeBackupCodec().shape()),
          Map.entry("ListBackups", new ListBackupsCodec().shape()),
          Map.entry("DeleteBackup", new DeleteBackupCodec().shape()),
          Map.entry("RestoreTableFromBackup", new RestoreTableFromBackupCodec().shape()),
          Map.entry("UpdateContinuousBackups", new UpdateContinuousBackupsCodec().shape()),
          Map.entry("RestoreTableToPointInTime", new RestoreTableToPointInTimeCodec().shape()),
          Map.entry("DescribeContinuousBackups", new DescribeContinuousBackupsCodec().shape()),
          Map.entry("CreateGlobalTable", LegacyGlobalTableCodec.create().shape()),
          Map.entry("UpdateGlobalTable", LegacyGlobalTableCodec.update().shape()),
          Map.entry("DescribeGlobalTable", LegacyGlobalTableCodec.describe().shape()),
          Map.entry(
              "DescribeGlobalTableSettings", LegacyGlobalTableCodec.describeSettings().shape()),
          Map.entry("UpdateGlobalTableSettings", LegacyGlobalTableCodec.updateSettings().shape()),
          Map.entry("ListGlobalTables", new ListGlobalTablesCodec().shape()),
          Map.entry(
              "DescribeTableReplicaAutoScaling",
              new DescribeTableReplicaAutoScalingCodec().shape()),
          Map.entry(
              "UpdateTableReplicaAutoScaling", new UpdateTableReplicaAutoScalingCodec().shape()),
          Map.entry("UpdateContributorInsights", new UpdateContributorInsightsCodec().shape()),
          Map.entry("ListContributorInsights", new ListContributorInsightsCodec().shape()),
          Map.entry("DescribeContributorInsights", new DescribeContributorInsightsCodec().shape()),
          Map.entry(
              "DescribeKinesisStreamingDestination",
              new DescribeKinesisStreamingDestinationCodec().shape()),
          Map.entry(
              "EnableKinesisStreamingDestination",
              new EnableKinesisStreamingDestinationCodec().shape()),
          Map.entry(
              "UpdateKinesisStreamingDestination",
              new UpdateKinesisStreamingDestinationCodec().shape()),
          Map.entry(
              "DisableKinesisStreamingDestination",
              new DisableKinesisStreamingDestinationCodec().shape()),
          Map.entry("DescribeTimeToLive", new DescribeTimeToLiveCodec().shape()),
          Map.entry("UpdateTimeToLive", new UpdateTimeToLiveCodec().shape()),
          Map.entry("TagResource", new TagResourceCodec().shape()),
          Map.entry("UntagResource", new UntagResourceCodec().shape()),
          Map.entry("ListTagsOfResource", new ListTagsOfResourceCodec().shape()),
          Map.entry("PutResourcePolicy", new PutResourcePolicyCodec().shape()),
          Map.entry("GetResourcePolicy", new GetResourcePolicyCodec().shape()),
          Map.entry("DeleteResourcePolicy", new DeleteResourcePolicyCodec().shape()),
          Map.entry("PutItem", new PutItemCodec().shape()),
          Map.entry("GetItem", new GetItemCodec().shape()),
          Map.entry("DeleteItem", new DeleteItemCodec().shape()),
          Map.entry("UpdateItem", new UpdateItemCodec().shape()),
          Map.entry("Query", new QueryCodec().shape()),
          Map.entry("Scan", new ScanCodec().shape()),
          Map.entry("BatchGetItem", new BatchGetItemCodec().shape()),
          Map.entry("BatchWriteItem", new BatchWriteItemCodec().shape()),
          Map.entry("TransactWriteItems", new TransactWriteItemsCodec().shape()),
          Map.entry("TransactGetItems", new TransactGetItemsCodec().shape()),
          Map.entry("ExecuteStatement", new ExecuteStatementCodec().shape()),
          Map.entry("BatchExecuteStatement", new BatchExecuteStatementCodec().shape()),
          Map.entry("ExecuteTransaction", new ExecuteTransactionCodec().shape()));

  private ApiSamples() {}
}
