package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.ostraka.conformance.OstrakaProcess.Ended;
import org.ostraka.testkit.postgres.PostgresServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The health line, encryption and the audit log of servers over a PostgreSQL database. Three tests
 * run at once, since a server notices only after a while that its database is away.
 */
@Execution(ExecutionMode.CONCURRENT)
final class PostgresIT {
  private static final String TABLE = "votes";
  private static final String CHOICE = "planted-choice-93ab";
  private static final Map<String, AttributeValue> KEY = VoteTable.key("voter");

  @TempDir private Path directory;
  private PostgresServer database;
  private String url;

  @BeforeEach
  void startDatabase() {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    database = PostgresServer.start();
    url = database.url(database.newDatabase());
  }

  @AfterEach
  void stopDatabase() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void theHealthLineIsUnavailableWhileTheDatabaseIsAway() throws Exception {
    try (OstrakaProcess server = serve(Map.of());
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(health(http, server)).isEqualTo(200);
      database.stopAtOnce();
      await(http, server, 503);
      database.startAgain();
      await(http, server, 200);
    }
  }

  @Test
  void theHealthLineIsUnavailableWhileTheDatabaseRefusesWrites() throws Exception {
    try (OstrakaProcess server = serve(Map.of());
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(health(http, server)).isEqualTo(200);
      database.sql("ALTER SYSTEM SET default_transaction_read_only = on");
      database.sql("SELECT pg_reload_conf()");
      await(http, server, 503);
      database.sql("ALTER SYSTEM RESET default_transaction_read_only");
      database.sql("SELECT pg_reload_conf()");
      await(http, server, 200);
    }
  }

  @Test
  void anEncryptedDatabaseShowsNoItemAndNeedsTheMasterKey() throws Exception {
    try (OstrakaProcess server = serve(Map.of());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      putChoice(client);
    }
    assertThat(plantedIn(database.directory())).as("the search finds plain text").isNotEmpty();
    stopDatabase();
    startDatabase();

    String key = masterKey().toString();
    try (OstrakaProcess server = serve(Map.of(), "--encrypt", "--master-key", key);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      putChoice(client);
      assertThat(server.kill9().output()).contains("Encrypted data in");
    }
    assertThat(plantedIn(database.directory())).isEmpty();
    try (OstrakaProcess server = serve(Map.of(), "--master-key", key);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      var item = client.getItem(get -> get.tableName(TABLE).key(KEY).consistentRead(true)).item();
      assertThat(item).containsEntry("choice", AttributeValue.fromS(CHOICE));
    }
    try (OstrakaProcess server = start(Map.of())) {
      Ended refused = server.awaitEnd();
      assertThat(refused.status()).as(refused.output()).isNotZero();
      assertThat(refused.output()).contains("master key").doesNotContain("\tat ");
    }
  }

  @Test
  void eachServerHasASoundAuditLogOfItsOwn() throws Exception {
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    try (OstrakaProcess first = serve(RootKey.ENVIRONMENT, "--audit-dir", one.toString());
        OstrakaProcess second = serve(RootKey.ENVIRONMENT, "--audit-dir", two.toString());
        DynamoDbClient here = signing(first);
        DynamoDbClient there = signing(second)) {
      here.createTable(VoteTable.request(TABLE));
      there.deleteTable(delete -> delete.tableName(TABLE));
      first.kill9();
      second.terminate();
    }
    assertThat(text(one)).contains("\"CreateTable\"").doesNotContain("\"DeleteTable\"");
    assertThat(text(two)).contains("\"DeleteTable\"").doesNotContain("\"CreateTable\"");
    for (Path log : List.of(one, two)) {
      Ended verified =
          OstrakaProcess.run(
              "audit", "verify", log.toString(), "--key", log.resolve("seal.first").toString());
      assertThat(verified.status()).as(verified.output()).isZero();
    }
  }

  private OstrakaProcess serve(Map<String, String> environment, String... options)
      throws InterruptedException {
    OstrakaProcess server = start(environment, options);
    server.endpoint();
    return server;
  }

  private OstrakaProcess start(Map<String, String> environment, String... options) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("OSTRAKA_STORE", url);
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
    arguments.addAll(List.of(options));
    return OstrakaProcess.start(all, arguments.toArray(String[]::new));
  }

  private static DynamoDbClient signing(OstrakaProcess server) throws InterruptedException {
    return SdkClients.connect(
        server.endpoint(), AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET));
  }

  private static void putChoice(DynamoDbClient client) {
    client.createTable(VoteTable.request(TABLE));
    Map<String, AttributeValue> item = new HashMap<>(KEY);
    item.put("choice", AttributeValue.fromS(CHOICE));
    client.putItem(put -> put.tableName(TABLE).item(item));
  }

  private Path masterKey() throws IOException {
    Path key = Files.writeString(directory.resolve("master.key"), "A".repeat(43) + "=");
    return Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private static int health(HttpClient http, OstrakaProcess server) throws Exception {
    HttpRequest get = HttpRequest.newBuilder(server.endpoint().resolve("/")).build();
    return http.send(get, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Each answer is a round trip: nothing here needs to sleep. */
  private static void await(HttpClient http, OstrakaProcess server, int status) throws Exception {
    long end = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    while (health(http, server) != status) {
      assertThat(System.nanoTime() - end).as("waited for %d", status).isNegative();
    }
  }

  private static List<Path> plantedIn(Path files) throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      return all.filter(Files::isRegularFile).filter(file -> read(file).contains(CHOICE)).toList();
    }
  }

  private static String text(Path log) throws IOException {
    try (Stream<Path> all = Files.list(log)) {
      return String.join(
          "",
          all.filter(file -> file.toString().endsWith(".jsonl")).map(PostgresIT::read).toList());
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
