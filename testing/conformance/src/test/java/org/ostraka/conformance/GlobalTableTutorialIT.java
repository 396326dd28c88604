package org.ostraka.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ReplicaGlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The calls of AWS's tutorial of global tables through the AWS CLI, boto3 and the SDK for Java,
 * each region in a process of its own. Between the tutorial's steps the test waits, where a reader
 * of it would look again.
 *
 * <p>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables.tutorial.html,
 * "Creating a global table configured for MREC".
 */
final class GlobalTableTutorialIT {
  private static final String OHIO = "us-east-2";
  private static final String VIRGINIA = "us-east-1";
  private static final String IRELAND = "eu-west-1";

  @TempDir private Path directory;

  private List<RegionSite> sites = List.of();

  @BeforeEach
  void startRegions() throws InterruptedException {
    sites =
        List.of(
            new RegionSite(OHIO, directory),
            new RegionSite(VIRGINIA, directory),
            new RegionSite(IRELAND, directory));
    for (RegionSite site : sites) {
      site.start(sites, List.of());
    }
    for (RegionSite site : sites) {
      site.awaitStart();
    }
  }

  @AfterEach
  void stopRegions() {
    sites.forEach(RegionSite::close);
  }

  @Test
  void theCommandsOfTheTutorialWork() throws Exception {
    AwsCli.runSuite(
        site(OHIO).endpoint(), "global-tables-tutorial.sh", endpoints().toArray(String[]::new));
  }

  @Test
  void theCallsOfTheTutorialInPythonWork() {
    Optional<Path> python = Boto3IT.pythonWithBoto3();
    ClientProgram.need(python.isPresent(), "boto3: no python3 on this machine has it");
    List<String> command = new ArrayList<>();
    command.add(python.orElseThrow().toString());
    command.add(ClientProgram.sources("boto3").resolve("tutorial.py").toString());
    command.addAll(endpoints());
    ClientProgram.runSuite(site(OHIO).endpoint(), command);
  }

  /** Returns the arguments of a program: the regions and their endpoints. */
  private List<String> endpoints() {
    return sites.stream().map(site -> site.region() + "=" + site.endpoint()).toList();
  }

  private RegionSite site(String region) {
    return sites.stream().filter(each -> each.region().equals(region)).findFirst().orElseThrow();
  }

  /** The tutorial gives an on-demand replica's index read units, which have no effect. */
  @Test
  void theCallsOfTheTutorialInJavaWork() throws InterruptedException {
    DynamoDbClient ohio = site(OHIO).client();
    createMusic(ohio);
    var _ = ohio.waiter().waitUntilTableExists(it -> it.tableName("Music"));
    var _ =
        ohio.updateTable(table ->
            table
                .tableName("Music")
                .replicaUpdates(
                    ReplicationGroupUpdate.builder()
                        .create(replica ->
                            replica
                                .regionName(IRELAND)
                                .globalSecondaryIndexes(
                                    ReplicaGlobalSecondaryIndex.builder()
                                        .indexName("SongTitleIndex")
                                        .provisionedThroughputOverride(
                                            it -> it.readCapacityUnits(15L))
                                        .build()))
                        .build()));
    await(() ->
        ohio.describeTable(it -> it.tableName("Music")).table().replicas().stream()
            .map(ReplicaDescription::replicaStatusAsString)
            .toList()
            .equals(List.of("ACTIVE")));
    Map<String, AttributeValue> item =
        Map.of(
            "Artist", AttributeValue.fromS("TestArtist"),
            "SongTitle", AttributeValue.fromS("TestSong"));
    var _ = ohio.putItem(it -> it.tableName("Music").item(item));
    DynamoDbClient ireland = site(IRELAND).client();
    await(() -> ireland.getItem(it -> it.tableName("Music").key(item)).item().equals(item));
    var _ =
        ohio.updateTable(table ->
            table
                .tableName("Music")
                .replicaUpdates(
                    ReplicationGroupUpdate.builder()
                        .delete(replica -> replica.regionName(IRELAND))
                        .build()));
    await(() -> !ohio.describeTable(it -> it.tableName("Music")).table().hasReplicas());
    var _ = ohio.deleteTable(it -> it.tableName("Music"));
    await(() -> ireland.listTables().tableNames().isEmpty());
  }

  private static void createMusic(DynamoDbClient ohio) {
    var _ =
        ohio.createTable(table ->
            table
                .tableName("Music")
                .attributeDefinitions(attribute("Artist"), attribute("SongTitle"))
                .keySchema(key("Artist", KeyType.HASH), key("SongTitle", KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("SongTitleIndex")
                        .keySchema(key("SongTitle", KeyType.HASH))
                        .projection(it -> it.projectionType(ProjectionType.ALL))
                        .build())
                .streamSpecification(it ->
                    it.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 600; i++) {
      if (holds(condition)) {
        return;
      }
      var _ = never.await(200, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within two minutes");
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }
}
