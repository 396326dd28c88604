package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalTableSettingsReplicationMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The calls of AWS's tutorial of global tables of several accounts, each account in a process of
 * its own, which is killed and started again meanwhile.
 *
 * <p>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_MA.tutorial.html
 */
final class AccountReplicasIT {
  private static final String TABLE = "MusicTable";
  private static final String FIRST = "arn:aws:dynamodb:us-east-2:111122223333:table/MusicTable";
  private static final String SECOND = "arn:aws:dynamodb:us-east-1:444455556666:table/MusicTable";
  private static final String JOINS =
      """
      ,{"Sid":"AllowTrustedAccountsToJoinThisGlobalTable","Effect":"Allow",
        "Action":["dynamodb:AssociateTableReplica"],
        "Resource":"arn:aws:dynamodb:us-east-2:111122223333:table/MusicTable",
        "Principal":{"AWS":["444455556666"]}}
      """;

  @TempDir private Path directory;

  private List<RegionSite> sites = List.of();

  @BeforeEach
  void startRegions() throws InterruptedException {
    sites =
        List.of(
            RegionSite.ofAccount("us-east-2", "111122223333", directory),
            RegionSite.ofAccount("us-east-1", "444455556666", directory));
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

  private static String policy(String own, String more) {
    return """
    {"Version":"2012-10-17","Statement":[
      {"Sid":"DynamoDBActionsNeededForSteadyStateReplication","Effect":"Allow",
       "Action":["dynamodb:ReadDataForReplication","dynamodb:WriteDataForReplication",
         "dynamodb:ReplicateSettings"],
       "Resource":"%s","Principal":{"Service":["replication.dynamodb.amazonaws.com"]},
       "Condition":{"StringEquals":{"aws:SourceAccount":["444455556666","111122223333"],
         "aws:SourceArn":["%s","%s"]}}}%s]}
    """
        .formatted(own, SECOND, FIRST, more);
  }

  @Test
  void theCallsOfTheTutorialWorkBetweenTwoProcesses() throws Exception {
    DynamoDbClient first = sites.getFirst().client();
    DynamoDbClient second = sites.getLast().client();
    createTable(first);
    put(first, "before");
    var _ =
        second.createTable(it ->
            it.tableName(TABLE)
                .globalTableSourceArn(FIRST)
                .resourcePolicy(policy(SECOND, ""))
                .globalTableSettingsReplicationMode(GlobalTableSettingsReplicationMode.ENABLED));
    await("both are active", () -> isReplicated(first, SECOND) && isReplicated(second, FIRST));
    put(first, "item_1");
    await("it is replicated", () -> has(second, "item_1") && has(second, "before"));
    sites.getFirst().kill9();
    put(second, "item_2");
    sites.getFirst().start(sites, List.of());
    sites.getFirst().awaitStart();
    await("it is replicated after a kill", () -> has(first, "item_2"));
    assertThat(isReplicated(first, SECOND)).isTrue();
    var _ = second.deleteTable(it -> it.tableName(TABLE));
    await(
        "the first is a table of one region",
        () -> first.describeTable(it -> it.tableName(TABLE)).table().replicas().isEmpty());
    assertThat(has(first, "item_2")).isTrue();
  }

  private static void createTable(DynamoDbClient client) {
    var _ =
        client.createTable(table ->
            table
                .tableName(TABLE)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("Artist")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName("Artist")
                        .keyType(KeyType.HASH)
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(
                    it -> it.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .globalTableSettingsReplicationMode(GlobalTableSettingsReplicationMode.ENABLED)
                .resourcePolicy(policy(FIRST, JOINS)));
  }

  private static void put(DynamoDbClient client, String artist) {
    var _ =
        client.putItem(
            it -> it.tableName(TABLE).item(Map.of("Artist", AttributeValue.fromS(artist))));
  }

  private static boolean has(DynamoDbClient client, String artist) {
    return client
        .getItem(it -> it.tableName(TABLE).key(Map.of("Artist", AttributeValue.fromS(artist))))
        .hasItem();
  }

  private static boolean isReplicated(DynamoDbClient client, String arn) {
    List<ReplicaDescription> replicas =
        client.describeTable(it -> it.tableName(TABLE)).table().replicas();
    return replicas.size() == 1
        && replicas.getFirst().replicaArn().equals(arn)
        && replicas.getFirst().replicaStatus() == ReplicaStatus.ACTIVE;
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 600; i++) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (SdkException notYet) {
        assertThat(notYet).as(what).hasMessageNotContaining("ValidationException");
      }
      var _ = never.await(200, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within two minutes: " + what);
  }
}
