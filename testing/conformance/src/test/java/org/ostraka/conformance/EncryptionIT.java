package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Encryption at rest in the real process: what the files show, which starts are refused, a kill,
 * and a new master key.
 */
final class EncryptionIT {
  private static final String VOTER = "planted-voter-7c1f";

  /** The sort key stays readable, so nothing is planted there. */
  private static final Map<String, AttributeValue> KEY =
      Map.of("PK", AttributeValue.fromS(VOTER), "SK", AttributeValue.fromS("choice"));

  private static final String CHOICE = "planted-choice-93ab";
  private static final String TABLE = "votes";

  @TempDir private Path directory;

  @Test
  void filesShowNoItemAndNeedTheMasterKey() throws Exception {
    Path data = directory.resolve("data");
    try (OstrakaProcess server = OstrakaProcess.serveWith(data, "--encrypt");
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.createTable(
          VoteTable.request(TABLE).toBuilder()
              .streamSpecification(
                  StreamSpecification.builder()
                      .streamEnabled(true)
                      .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                      .build())
              .build());
      put(client);
      assertThat(server.kill9().output()).contains("Encrypted data in");
    }
    assertThat(plantedIn(data)).isEmpty();

    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      assertThat(choice(client)).isEqualTo(CHOICE);
      server.terminate();
    }
    assertThat(plantedIn(data)).as("after RocksDB wrote the log into a table file").isEmpty();
    Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.output()).contains("1 tables, 1 items", "0 problems");

    Path key = data.resolve("master.key");
    Path elsewhere = directory.resolve("elsewhere.key");
    Files.move(key, elsewhere);
    assertRefused("there is no master key", "serve", "--port", "0", "--data", data.toString());
    assertRefused("there is no master key", "check", data.toString());
    Ended withKey =
        OstrakaProcess.run("check", data.toString(), "--master-key", elsewhere.toString());
    assertThat(withKey.output()).contains("1 tables, 1 items", "0 problems");
  }

  @Test
  void aNewMasterKeyTakesTheOldOnesPlace() throws Exception {
    Path data = directory.resolve("data");
    Path old = masterKey("old.key");
    Path fresh = masterKey("new.key");
    Path both = masterKey("both.key");
    Files.writeString(both, Files.readString(fresh) + Files.readString(old));
    serveAndPut(data, old);
    try (OstrakaProcess server = serve(data, both);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      assertThat(choice(client)).isEqualTo(CHOICE);
      server.terminate();
    }
    try (OstrakaProcess server = serve(data, fresh);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      assertThat(choice(client)).isEqualTo(CHOICE);
      server.terminate();
    }
    assertRefused(
        "does not have the master key",
        "serve",
        "--port",
        "0",
        "--data",
        data.toString(),
        "--master-key",
        old.toString());
  }

  @Test
  void dataThatIsNotEncryptedDoesNotBecomeSo() throws Exception {
    Path data = directory.resolve("data");
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.createTable(VoteTable.request(TABLE));
      put(client);
      server.terminate();
    }
    assertThat(plantedIn(data)).as("the search finds what is not encrypted").isNotEmpty();
    assertRefused("not encrypted", "serve", "--port", "0", "--data", data.toString(), "--encrypt");
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      assertThat(choice(client)).isEqualTo(CHOICE);
      assertThat(server.terminate().output()).doesNotContain("Encrypted");
    }
  }

  private static OstrakaProcess serve(Path data, Path key) throws InterruptedException {
    return OstrakaProcess.serveWith(data, "--encrypt", "--master-key", key.toString());
  }

  private static void serveAndPut(Path data, Path key) throws InterruptedException {
    try (OstrakaProcess server = serve(data, key);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.createTable(VoteTable.request(TABLE));
      put(client);
      server.terminate();
    }
  }

  /** Makes a key as a server makes it, in a data directory of its own. */
  private Path masterKey(String name) throws InterruptedException, IOException {
    Path data = directory.resolve(name + "-data");
    try (OstrakaProcess server = OstrakaProcess.serveWith(data, "--encrypt")) {
      server.terminate();
    }
    Path key = directory.resolve(name);
    Files.move(data.resolve("master.key"), key);
    return key;
  }

  private static void put(DynamoDbClient client) {
    Map<String, AttributeValue> item = new HashMap<>(KEY);
    item.put("choice", AttributeValue.fromS(CHOICE));
    client.putItem(put -> put.tableName(TABLE).item(item));
  }

  private static String choice(DynamoDbClient client) {
    return client
        .getItem(get -> get.tableName(TABLE).key(KEY).consistentRead(true))
        .item()
        .get("choice")
        .s();
  }

  private static void assertRefused(String message, String... command) throws InterruptedException {
    Ended ended = OstrakaProcess.run(command);
    assertThat(ended.status()).as(ended.output()).isNotZero();
    assertThat(ended.output()).contains(message).doesNotContain("\tat ");
  }

  /** Returns the files that show one of the planted texts. */
  private static List<Path> plantedIn(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).filter(EncryptionIT::showsPlanted).toList();
    }
  }

  private static boolean showsPlanted(Path file) {
    try {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return Stream.of(VOTER, CHOICE).anyMatch(bytes::contains);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
