package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoRegions.FIRST;
import static org.ostraka.voting.TwoRegions.SECOND;
import static org.ostraka.voting.TwoRegions.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.count.Adoption;
import org.ostraka.voting.count.Counting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.count.VoteStream;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The policies of docs/voting let servers, counters and operators do their work, and nothing that
 * changes or removes ballots.
 */
@Timeout(300)
final class PoliciesIT {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final List<String> NAMES = List.of("server", "counter", "operator", "adopt");

  @TempDir private Path directory;

  @Test
  void eachPartOfTheSystemMayDoItsWorkAndNoMore() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        TwoRegions regions = new TwoRegions(directory, "--iam-file", accounts().toString())) {
      VoteTable root = regions.table("voting");
      Election election =
          new Election(
              "e",
              List.of("a", "b"),
              Instant.parse("2020-01-01T00:00:00Z"),
              Instant.parse("2100-01-01T00:00:00Z"),
              new Sharding(1),
              List.of(FIRST));
      regions.declare(root, election);
      regions.create(root.counts());
      VoteTable server = as(regions, root, "server");
      VoteTable counter = as(regions, root, "counter");
      Outcome cast = new Casting(server, 1, CLOCK, Connections::pause).cast(election, "voter", "a");
      assertThat(cast).isInstanceOf(Outcome.Stored.class);
      Counting counting = counting(regions, counter, threads);
      try {
        threads.execute(counting::run);
        assertThat(new Leases(counter).seal(election)).isEqualTo(1);
        await("all is counted", () -> new Tallies(server.counts()).of(election).isComplete());
      } finally {
        counting.stop();
      }
      refuseAll(election, server, counter, as(regions, root, "operator"));
      adopt(root, as(regions, root, "adopt"));
      assertThat(
              root.read(FIRST, Keys.ballot(election, "voter")).orElseThrow().get("candidate").s())
          .isEqualTo("a");
    }
  }

  private static void refuseAll(
      Election election, VoteTable server, VoteTable counter, VoteTable operator) {
    Map<String, AttributeValue> ballot = Keys.ballot(election, "voter");
    Map<String, AttributeValue> declaration =
        Map.of("PK", AttributeValue.fromS("DECLARATION#e"), "SK", AttributeValue.fromS("LEASES"));
    for (VoteTable table : List.of(server, counter, operator)) {
      DynamoDbClient client = table.in(FIRST);
      refused(() -> client.deleteItem(it -> it.tableName("voting").key(ballot)));
      refused(() -> client.putItem(it -> it.tableName("voting").item(ballot)));
      refused(() -> change(client, ballot));
      refused(() ->
          client.executeStatement(it ->
              it.statement("DELETE FROM \"voting\" WHERE PK='VOTE#e#0' AND SK='USER#voter'")));
      refused(() -> client.deleteTable(it -> it.tableName("voting")));
      // The audit believes what it says.
      refused(() -> client.putItem(it -> it.tableName("voting").item(declaration)));
      refused(() -> putInATransaction(client, declaration));
    }
    refused(() ->
        server
            .counts()
            .add(FIRST, Map.of("PK", AttributeValue.fromS("x"), "SK", AttributeValue.fromS("y"))));
    refused(
        () -> new Elections(server).add(election.closing(CLOCK.instant()), "no", CLOCK.instant()));
    Election closed = new StateChanges(new Elections(operator), CLOCK).close("e");
    assertThat(closed.version()).isEqualTo(2);
  }

  /** Counts a ballot of a lost region; nothing can be removed, changed, or put elsewhere. */
  private void adopt(VoteTable root, VoteTable adopter) throws Exception {
    Election election =
        new Election(
            "f",
            List.of("a", "b"),
            Instant.parse("2020-01-01T00:00:00Z"),
            Instant.parse("2020-01-02T00:00:00Z"),
            new Sharding(2),
            List.of(FIRST, SECOND));
    assertThat(new Elections(root).declare(election, CLOCK.instant())).isTrue();
    String voter = TwoMemories.voterOf(election, 1, 0);
    Map<String, AttributeValue> ballot = new HashMap<>(Keys.ballot(election, voter));
    ballot.putAll(new Lease(SECOND, 1).attributes());
    ballot.put("candidate", AttributeValue.fromS("a"));
    ballot.put("cast", AttributeValue.fromS("2020-01-01T00:00:00Z"));
    assertThat(root.add(FIRST, ballot)).isTrue();
    ReceiptKey key = ReceiptKeyFile.open(directory.resolve("receipt-key"));
    assertThat(new Adoption(adopter, election, Set.of(SECOND), key, CLOCK).run().votes())
        .isEqualTo(Map.of(SECOND, Map.of("a", 1L)));
    DynamoDbClient client = adopter.in(FIRST);
    Map<String, AttributeValue> its = Keys.ballot(election, voter);
    refused(() -> client.deleteItem(it -> it.tableName("voting").key(its)));
    refused(() -> change(client, its));
    refused(() -> new Elections(adopter).add(election.certified(), "no", CLOCK.instant()));
    refused(() ->
        adopter
            .counts()
            .add(
                FIRST,
                Map.of(
                    "PK", AttributeValue.fromS("STREAM#" + FIRST + "#arn"),
                    "SK", AttributeValue.fromS("shard"))));
  }

  private static void change(DynamoDbClient client, Map<String, AttributeValue> ballot) {
    var _ =
        client.updateItem(it ->
            it.tableName("voting")
                .key(ballot)
                .updateExpression("SET candidate = :b")
                .expressionAttributeValues(Map.of(":b", AttributeValue.fromS("b"))));
  }

  private static void putInATransaction(DynamoDbClient client, Map<String, AttributeValue> row) {
    var _ =
        client.transactWriteItems(it ->
            it.transactItems(
                TransactWriteItem.builder().put(put -> put.tableName("voting").item(row)).build()));
  }

  private static void refused(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("is not authorized to perform");
  }

  private static Counting counting(TwoRegions regions, VoteTable table, ExecutorService threads) {
    DynamoDbStreamsClient streams =
        DynamoDbStreamsClient.builder()
            .region(Region.of(FIRST))
            .endpointOverride(regions.endpoint(FIRST))
            .credentialsProvider(credentials("counter"))
            .build();
    return new Counting(
        new VoteStream(table, FIRST, streams),
        table.counts(),
        new Elections(table)::find,
        "counter",
        Duration.ofSeconds(5),
        threads,
        CLOCK,
        Connections::pause);
  }

  private static VoteTable as(TwoRegions regions, VoteTable root, String name) {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.of(FIRST))
            .endpointOverride(regions.endpoint(FIRST))
            .credentialsProvider(credentials(name))
            .build();
    return new VoteTable(root.name(), Map.of(FIRST, client));
  }

  private static StaticCredentialsProvider credentials(String name) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create("AKID" + name.toUpperCase(Locale.ROOT), secret(name)));
  }

  private static String secret(String name) {
    return "for-tests-only/" + name + "/0123456789abcdefghijk";
  }

  /** Writes a file of users, each with its policy; an operator also has that of a server. */
  private Path accounts() throws Exception {
    StringBuilder users = new StringBuilder();
    for (String name : NAMES) {
      String policies = "\"own\": " + policy(name);
      if (name.equals("operator")) {
        policies += ", \"serve\": " + policy("server");
      }
      users
          .append(users.isEmpty() ? "" : ",")
          .append(
              """
              "%s": {"InlinePolicies": {%s}, "AccessKeys": [{"AccessKeyId": "AKID%s", "Secret": "%s"}]}
              """
                  .formatted(name, policies, name.toUpperCase(Locale.ROOT), secret(name)));
    }
    Path file = directory.resolve("accounts.json");
    return Files.writeString(
        file, "{\"Accounts\": {\"000000000000\": {\"Users\": {" + users + "}}}}");
  }

  private static String policy(String name) throws Exception {
    Path place = Path.of("docs/voting/" + name + "-policy.json");
    return Files.readString(Files.exists(place) ? place : Path.of("..").resolve(place));
  }
}
