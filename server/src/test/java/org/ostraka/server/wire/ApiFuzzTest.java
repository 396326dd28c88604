package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.Engine;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.SerializationException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Mutator;

/** For any body, the answer is a JSON object or an error of the API, and comes soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ApiFuzzTest {
  private static final int INPUTS = 50_000;
  private static final Caller CALLER =
      new Caller(
          new Principal.AccessKey("key"),
          new Owner(new AccountId("000000000000"), new Region("eu-central-1")));
  private static final RequestHead HEAD = new RequestHead("localhost:8000");

  /** An operation and a sound body. */
  private record Sample(String operation, String body) {}

  /** The operations whose answers have an empty body. */
  private static final Set<String> EMPTY_ANSWERS = Set.of("TagResource", "UntagResource");

  private static final byte[] ITEMS_TABLE =
      bytes(
          """
          {"TableName":"items","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
          "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}\
          """);

  private static final String BACKUP =
      "arn:aws:dynamodb:us-east-1:000000000000:table/items/backup/01791504000000-00000001";

  private static final String BULK =
      "arn:aws:dynamodb:us-east-1:000000000000:table/items/bulk-operation/01791504000000-0a1b2c3d";

  private static final String EXPORT =
      "arn:aws:dynamodb:us-east-1:000000000000:table/items/export/01791504000000-00000001";

  private static final List<Sample> SAMPLES =
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
              "IncrementalExportSpecification":{"ExportFromTime":1791504000,"ExportToTime":1.5}}\
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

  /** The shapes of all requests; {@link #everyOperationIsFuzzed} fails when one is missing. */
  private static final Map<String, Shape.Structure> SHAPES =
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

  private final VolumeStore store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND),
          new HybridClock(InstantSource.system()),
          Thread::new,
          _ -> {});
  private final Service service =
      Operations.over(
          new Engine(
              store,
              Catalogue.open(store, Clock.systemUTC(), EngineSettings.DEFAULT),
              new RequestTokens(store, Clock.systemUTC()),
              Clock.systemUTC(),
              UUID::randomUUID,
              EngineSettings.DEFAULT,
              Engine.Ports.standard(Clock.systemUTC())),
          LoadControl.forHeap(1L << 30, HeavyWorks.SHARED));

  @AfterEach
  void close() {
    store.close();
  }

  /** Generates a line with the operation's name, then the body, so that both are shrunk. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void bodiesAreAnsweredOrRefused(TestInfo test) {
    Mutator samples = Mutator.ofUtf8(Generator.oneOf(SAMPLES).map(Sample::body), Bodies.WORDS);
    Generator<String> operations = Generator.oneOf(List.copyOf(SHAPES.keySet()));
    Generator<String> requests =
        random -> {
          String operation = operations.next(random);
          Generator<String> sound = luck -> Bodies.of(SHAPES.get(operation), luck);
          Mutator bodies = Mutator.ofUtf8(sound, Bodies.WORDS);
          String body = encoded((random.nextInt(4) == 0 ? samples : bodies).next(random), random);
          return operation + "\n" + body;
        };
    createItems();
    Fuzz.of(test, INPUTS)
        .texts(
            text -> {
              int line = text.indexOf('\n');
              String operation = text.substring(0, Math.max(0, line));
              if (SHAPES.containsKey(operation)) {
                answerAndKeepItems(operation, Mutator.bytes(text.substring(line + 1)));
              }
            },
            requests);
  }

  /**
   * Encodes the body, now and then in another encoding than UTF-8, which the JSON library detects.
   */
  private static String encoded(String body, RandomGenerator random) {
    if (random.nextInt(50) > 0) {
      return body;
    }
    Charset charset =
        Generator.oneOf(
                List.of(
                    StandardCharsets.UTF_16,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_32BE,
                    StandardCharsets.UTF_32LE))
            .next(random);
    return Mutator.text(body.getBytes(charset));
  }

  /** Sends a request like {@link #answer}, and makes the table again if the request deleted it. */
  private void answerAndKeepItems(String operation, byte[] body) {
    if (answer(operation, body).contains("ResourceNotFoundException")) {
      answer("CreateTable", ITEMS_TABLE);
    }
  }

  @Test
  void everyOperationIsFuzzed() {
    assertThat(SHAPES.keySet().stream().map(name -> "DynamoDB_20120810." + name))
        .containsExactlyInAnyOrderElementsOf(service.operations().keySet());
  }

  @Test
  void soundBodiesAreAccepted() {
    createItems();
    for (Sample sample : SAMPLES) {
      if (sample.operation().endsWith("Item") || sample.body().equals("{}")) {
        assertThat(call(sample.operation(), bytes(sample.body()))).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-99999999",
        "-1e-2147483647",
        "1e2147483647",
        "1e3000000000",
        "-9223372036854775.808",
        "1e-2147483648",
        "1e999999999",
        "0e-2147483647",
        "0e2147483647",
        "0.000000000000000000000000000000000000000000001"
      })
  void numbersOfExtremeExponentsAreJudgedAtOnce(String number) {
    answer("ListTables", bytes("{\"Limit\":" + number + "}"));
    answer("ListBackups", bytes("{\"TimeRangeUpperBound\":" + number + "}"));
    answer(
        "UpdateTable",
        bytes(
            "{\"TableName\":\"items\",\"OnDemandThroughput\":{\"MaxReadRequestUnits\":"
                + number
                + "}}"));
  }

  @Test
  void numbersOfManyDigitsAreJudgedAtOnce() {
    String digits = "9".repeat(10_000_000);
    for (String number : List.of(digits, "-" + digits, "0." + digits, digits + ".5")) {
      assertThatThrownBy(() -> call("ListTables", bytes("{\"Limit\":" + number + "}")))
          .isInstanceOf(SerializationException.class);
    }
    createItems();
    for (String number :
        List.of(digits, digits + "x", "0." + digits, digits + "." + digits + "x")) {
      String body = "{\"TableName\":\"items\",\"Item\":{\"id\":{\"N\":\"" + number + "\"}}}";
      assertThatThrownBy(() -> call("PutItem", bytes(body))).isInstanceOf(ApiException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"M\":{\"a\":", "{\"L\":[", "[", "{\"a\":", "{\"X\":{\"a\":", "{\"SS\":["})
  void endlessNestingIsRefused(String opening) {
    for (int levels : List.of(40, 400, 10_000, 1_000_000)) {
      String body = "{\"TableName\":\"items\",\"Item\":{\"id\":" + opening.repeat(levels);
      answer("PutItem", bytes(body));
      answer("ListTables", bytes(opening.repeat(levels)));
      answer("ListTables", bytes("{\"Unknown\":" + opening.repeat(levels)));
    }
  }

  @Test
  void thirtyTwoLevelsAreStoredAndThirtyThreeRefused() {
    createItems();
    assertThat(call("PutItem", nested(32))).isNotEmpty();
    assertThatThrownBy(() -> call("PutItem", nested(33)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Nesting Levels have exceeded supported limits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\\ud800\":1}",
        "{\"TableName\":\"\\ud800\"}",
        "{\"TableName\":\"items\",\"Item\":{\"\\udc00\":{\"S\":\"a\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\"\\ud83d\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"SS\":[\"a\",\"\\udc00\"]}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"N\":\"\\ud800\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"B\":\"\\ud800\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"\\ud800\":\"a\"}}}",
        "{\"TableName\":\"items\",\"ReturnValues\":\"\\ud800\"}"
      })
  void halvesOfSurrogatePairsAreRefusedInTextThatCanBeWritten(String body) {
    assertThat(answer("PutItem", bytes(body))).startsWith("{\"__type\":");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    for (byte[] broken :
        List.of(
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82})) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(bytes("{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\""));
      body.writeBytes(broken);
      body.writeBytes(bytes("\"}}}"));
      assertThat(answer("PutItem", body.toByteArray())).startsWith("{\"__type\":");
    }
  }

  @Test
  void brokenConstraintsBeyondTheTenListedCostNoMemory() {
    String definitions = "{},".repeat(2_000_000);
    String body = "{\"TableName\":\"t-1\",\"AttributeDefinitions\":[" + definitions + "{}]}";
    assertThatThrownBy(() -> call("CreateTable", bytes(body)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("10 validation errors detected: ");
  }

  private void createItems() {
    call("CreateTable", ITEMS_TABLE);
  }

  private static byte[] nested(int levels) {
    int lists = levels - 1;
    String value = "{\"L\":[".repeat(lists) + "{\"S\":\"x\"}" + "]}".repeat(lists);
    return bytes("{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\"a\"},\"v\":" + value + "}}");
  }

  /** Returns the text of the answer: a response or an error. */
  private String answer(String operation, byte[] body) {
    byte[] answer;
    try {
      answer = call(operation, body);
    } catch (ApiException refusal) {
      answer = bytes(service.error(refusal, HEAD));
    }
    assertThat(answer.length == 0 ? EMPTY_ANSWERS.contains(operation) : Json.isValid(answer))
        .isTrue();
    return new String(answer, StandardCharsets.UTF_8);
  }

  private byte[] call(String operation, byte[] body) {
    return bytes(
        Services.of(service)
            .choose("DynamoDB_20120810." + operation)
            .orElseThrow()
            .operation()
            .call(CALLER, HEAD, body));
  }

  private static byte[] bytes(JsonBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
