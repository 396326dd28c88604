package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Endpoint;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** The operations on tables as the AWS SDK sees them. */
final class SdkTablesIT {

  @RegisterExtension private static final RunningServer SERVER = new RunningServer();

  private DynamoDbClient client;

  @BeforeEach
  void connect() throws InterruptedException {
    client = SERVER.client(Region.US_EAST_1);
  }

  @Test
  void aTableIsCreatedDescribedAndDeleted() {
    Instant start = Instant.now().minusSeconds(60);
    TableDescription created = client.createTable(VoteTable.request("lives")).tableDescription();
    assertThat(created.tableStatus()).isIn(TableStatus.CREATING, TableStatus.ACTIVE);
    try (DynamoDbWaiter waiter = waiter()) {
      waiter.waitUntilTableExists(describe -> describe.tableName("lives"));
      TableDescription table = describe("lives");
      assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
      assertThat(table.creationDateTime()).isBetween(start, Instant.now().plusSeconds(60));
      assertThat(table.tableId()).isNotBlank().isEqualTo(created.tableId());
      client.deleteTable(delete -> delete.tableName("lives"));
      waiter.waitUntilTableNotExists(describe -> describe.tableName("lives"));
    }
    assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> describe("lives"));
  }

  @Test
  void aDescriptionSaysWhatWasAskedFor() {
    client.createTable(VoteTable.request("described"));
    TableDescription table = describe("described");
    assertThat(table.tableName()).isEqualTo("described");
    assertThat(table.tableArn()).matches("arn:aws:dynamodb:us-east-1:\\d{12}:table/described");
    assertThat(table.keySchema()).isEqualTo(VoteTable.request("described").keySchema());
    assertThat(table.attributeDefinitions())
        .containsExactlyInAnyOrderElementsOf(VoteTable.request("described").attributeDefinitions());
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(table.itemCount()).isZero();
    assertThat(table.tableSizeBytes()).isZero();
    assertThat(table.deletionProtectionEnabled()).isFalse();
  }

  @Test
  void aProvisionedTableKeepsItsThroughput() {
    client.createTable(
        VoteTable.request("provisioned").toBuilder()
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(units -> units.readCapacityUnits(3L).writeCapacityUnits(2L))
            .build());
    TableDescription table = describe("provisioned");
    assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(3);
    assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(2);
  }

  @Test
  void aNameIsTakenOnce() {
    client.createTable(VoteTable.request("taken"));
    assertThatExceptionOfType(ResourceInUseException.class)
        .isThrownBy(() -> client.createTable(VoteTable.request("taken")))
        .withMessageContaining("Table already exists: taken");
  }

  @Test
  void aDeletedNameCanBeTakenAgainAndHoldsNothingOld() {
    client.createTable(VoteTable.request("reborn"));
    client.putItem(put -> put.tableName("reborn").item(VoteTable.key("1")));
    client.deleteTable(delete -> delete.tableName("reborn"));
    try (DynamoDbWaiter waiter = waiter()) {
      waiter.waitUntilTableNotExists(describe -> describe.tableName("reborn"));
    }
    client.createTable(VoteTable.request("reborn"));
    assertThat(client.getItem(get -> get.tableName("reborn").key(VoteTable.key("1"))).hasItem())
        .isFalse();
  }

  @Test
  void updateTableChangesTheBillingMode() {
    client.createTable(VoteTable.request("billed"));
    client.updateTable(update ->
        update
            .tableName("billed")
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(units -> units.readCapacityUnits(7L).writeCapacityUnits(5L)));
    assertThat(describe("billed").provisionedThroughput().readCapacityUnits()).isEqualTo(7);
    assertThat(describe("billed").provisionedThroughput().writeCapacityUnits()).isEqualTo(5);
  }

  @Test
  void deletionProtectionHoldsUntilItIsTakenAway() {
    client.createTable(VoteTable.request("protected"));
    protect(true);
    assertThat(describe("protected").deletionProtectionEnabled()).isTrue();
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> client.deleteTable(delete -> delete.tableName("protected")))
        .withMessageContaining("deletion")
        .satisfies(refusal ->
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
    assertThat(describe("protected").tableStatus()).isEqualTo(TableStatus.ACTIVE);
    protect(false);
    client.deleteTable(delete -> delete.tableName("protected"));
  }

  @Test
  void thePaginatorListsEveryTableOnceInOrder() throws InterruptedException {
    DynamoDbClient region = SERVER.client(Region.EU_NORTH_1);
    List<String> names = IntStream.range(0, 25).mapToObj("table-%02d"::formatted).toList();
    names.reversed().forEach(name -> region.createTable(VoteTable.request(name)));
    assertThat(region.listTablesPaginator(list -> list.limit(4)).tableNames())
        .containsExactlyElementsOf(names);
    assertThat(region.listTables().tableNames()).isEqualTo(names);
    ListTablesResponse page =
        region.listTables(list -> list.limit(2).exclusiveStartTableName("table-09x"));
    assertThat(page.tableNames()).containsExactly("table-10", "table-11");
    assertThat(page.lastEvaluatedTableName()).isEqualTo("table-11");
  }

  @Test
  void twoRegionsDoNotSeeEachOther() throws InterruptedException {
    DynamoDbClient west = SERVER.client(Region.US_WEST_2);
    DynamoDbClient frankfurt = SERVER.client(Region.EU_CENTRAL_1);
    west.createTable(VoteTable.request("votes"));
    assertThat(frankfurt.listTables().tableNames()).isEmpty();
    frankfurt.createTable(VoteTable.request("votes"));
    west.putItem(put -> put.tableName("votes").item(VoteTable.key("1")));
    assertThat(frankfurt.getItem(get -> get.tableName("votes").key(VoteTable.key("1"))).hasItem())
        .isFalse();
    frankfurt.deleteTable(delete -> delete.tableName("votes"));
    assertThat(west.getItem(get -> get.tableName("votes").key(VoteTable.key("1"))).hasItem())
        .isTrue();
  }

  @Test
  void limitsAndEndpointsAreDescribed() {
    DescribeLimitsResponse limits = client.describeLimits();
    assertThat(limits.accountMaxReadCapacityUnits()).isEqualTo(80_000);
    assertThat(limits.accountMaxWriteCapacityUnits()).isEqualTo(80_000);
    assertThat(limits.tableMaxReadCapacityUnits()).isEqualTo(40_000);
    assertThat(limits.tableMaxWriteCapacityUnits()).isEqualTo(40_000);
    List<Endpoint> endpoints = client.describeEndpoints().endpoints();
    assertThat(endpoints).hasSize(1);
    assertThat(endpoints.getFirst().address()).isNotBlank();
    assertThat(endpoints.getFirst().cachePeriodInMinutes()).isPositive();
  }

  @Test
  void aTableIsTagged() {
    String arn = client.createTable(VoteTable.request("tagged")).tableDescription().tableArn();
    client.tagResource(tag -> tag.resourceArn(arn).tags(tag("team", "blue"), tag("stage", "")));
    client.untagResource(untag -> untag.resourceArn(arn).tagKeys("stage", "absent"));
    assertThat(client.listTagsOfResource(list -> list.resourceArn(arn)).tags())
        .containsExactly(tag("team", "blue"));
  }

  @Test
  void whatToolsReadAfterACreationIsAnswered() {
    client.createTable(VoteTable.request("managed").toBuilder().tags(tag("team", "blue")).build());
    assertThat(
            client
                .listTagsOfResource(list -> list.resourceArn(describe("managed").tableArn()))
                .tags())
        .containsExactly(tag("team", "blue"));
    assertThat(
            client
                .describeContinuousBackups(describe -> describe.tableName("managed"))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription()
                .pointInTimeRecoveryStatus())
        .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    assertThat(
            client
                .describeContributorInsights(describe -> describe.tableName("managed"))
                .contributorInsightsStatus())
        .isEqualTo(ContributorInsightsStatus.DISABLED);
    assertThat(
            client
                .describeKinesisStreamingDestination(describe -> describe.tableName("managed"))
                .kinesisDataStreamDestinations())
        .isEmpty();
    assertThatExceptionOfType(TableNotFoundException.class)
        .isThrownBy(
            () -> client.describeContinuousBackups(describe -> describe.tableName("missing")))
        .withMessageContaining("Table not found: missing");
  }

  @Test
  void encryptionAndWarmThroughputAreDescribedAsAskedFor() {
    String key = "arn:aws:kms:us-east-1:000000000000:key/8963cda5-0fac-4af1-8635-0af67d16fe14";
    String account = client.createTable(VoteTable.request("account")).tableDescription().tableArn();
    String own = key.replace("000000000000", account.split(":")[4]);
    client.createTable(
        VoteTable.request("encrypted").toBuilder()
            .sseSpecification(sse -> sse.enabled(true).sseType(SSEType.KMS).kmsMasterKeyId(own))
            .warmThroughput(warm -> warm.readUnitsPerSecond(13_000L))
            .build());
    TableDescription table = describe("encrypted");
    assertThat(table.sseDescription().status()).isEqualTo(SSEStatus.ENABLED);
    assertThat(table.sseDescription().sseType()).isEqualTo(SSEType.KMS);
    assertThat(table.sseDescription().kmsMasterKeyArn()).isEqualTo(own);
    assertThat(table.warmThroughput().readUnitsPerSecond()).isEqualTo(13_000);
    assertThat(table.warmThroughput().writeUnitsPerSecond()).isEqualTo(4_000);
    client.updateTable(
        update -> update.tableName("encrypted").sseSpecification(sse -> sse.enabled(false)));
    client.updateTable(update ->
        update.tableName("encrypted").warmThroughput(warm -> warm.writeUnitsPerSecond(5_000L)));
    assertThat(describe("encrypted").sseDescription()).isNull();
    assertThat(describe("encrypted").warmThroughput().writeUnitsPerSecond()).isEqualTo(5_000);
  }

  @Test
  void aMissingTableIsReportedByEveryOperation() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> describe("missing"))
        .withMessageContaining("Requested resource not found: Table: missing not found");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> client.deleteTable(delete -> delete.tableName("missing")))
        .withMessageContaining("Requested resource not found: Table: missing not found");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() ->
            client.updateTable(
                update -> update.tableName("missing").deletionProtectionEnabled(true)))
        .withMessageContaining("Requested resource not found");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private void protect(boolean enabled) {
    client.updateTable(update -> update.tableName("protected").deletionProtectionEnabled(enabled));
  }

  private TableDescription describe(String name) {
    return client.describeTable(describe -> describe.tableName(name)).table();
  }

  /** Returns a waiter that polls often; the default polls every 20 seconds. */
  private DynamoDbWaiter waiter() {
    return DynamoDbWaiter.builder()
        .client(client)
        .overrideConfiguration(override ->
            override
                .maxAttempts(200)
                .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(50))))
        .build();
  }
}
