package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The audit log of the real process, and {@code ostraka audit verify}. */
final class AuditIT {
  @TempDir private Path directory;

  @Test
  void operationsOnTablesAreRecordedWithARootKeyWithoutAnyOption() throws Exception {
    try (OstrakaProcess server =
            OstrakaProcess.serve(directory.resolve("data"), RootKey.ENVIRONMENT);
        DynamoDbClient client = client(server)) {
      client.createTable(VoteTable.request("votes"));
      client.putItem(put -> put.tableName("votes").item(VoteTable.key("1")));
      assertThatExceptionOfType(ResourceNotFoundException.class)
          .isThrownBy(() -> client.deleteTable(delete -> delete.tableName("rolls")));
      server.terminate();
    }
    List<String> lines = lines(directory.resolve("data/audit"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .contains(
            "\"eventName\":\"CreateTable\"",
            "table/votes\"",
            "\"arn\":\"arn:aws:iam::000000000000:root\"");
    assertThat(lines.get(1))
        .contains("\"eventName\":\"DeleteTable\"", "\"errorCode\":\"ResourceNotFoundException\"");
    assertThat(lines.get(2)).contains("OstrakaAuditSeal");
    assertSound(directory.resolve("data/audit"));
  }

  @Test
  void theChainGoesOnAfterAKillAndAChangeIsFound() throws Exception {
    Path log = directory.resolve("log");
    String[] options = {"--audit-dir", log.toString(), "--audit-data-events", "writes"};
    for (int round = 0; round < 3; round++) {
      try (OstrakaProcess server =
              OstrakaProcess.serveWith(directory.resolve("data"), RootKey.ENVIRONMENT, options);
          DynamoDbClient client = client(server)) {
        String table = "votes" + round;
        client.createTable(VoteTable.request(table));
        for (int i = 0; i < 100; i++) {
          String voter = Integer.toString(i);
          client.putItem(put -> put.tableName(table).item(VoteTable.key(voter)));
        }
        server.kill9();
      }
    }
    assertThat(lines(log)).hasSizeGreaterThan(250);
    assertSound(log);
    Path file = files(log).getFirst();
    Files.writeString(file, Files.readString(file).replaceFirst("votes1", "votes9"));
    Ended verified = OstrakaProcess.run("audit", "verify", log.toString());
    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.output()).contains("was changed");
  }

  @Test
  void operationsOnTablesAreRefusedWhileTheDiskOfTheLogIsFull() throws Exception {
    try (SmallFileSystem small = SmallFileSystem.mountAt(directory.resolve("small"));
        OstrakaProcess server =
            OstrakaProcess.serveWith(
                directory.resolve("data"),
                RootKey.ENVIRONMENT,
                "--audit-dir",
                small.path().resolve("audit").toString());
        DynamoDbClient client = client(server)) {
      client.createTable(VoteTable.request("votes"));
      small.fill();
      int refused = 0;
      for (int i = 0; i < 200 && refused < 3; i++) {
        try {
          client.listTables();
        } catch (DynamoDbException e) {
          assertThat(e.statusCode()).isEqualTo(503);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(3);
      // Items are not recorded here, so they are served.
      client.putItem(put -> put.tableName("votes").item(VoteTable.key("1")));
      small.makeRoom();
      awaitServed(client);
      server.terminate();
      assertSound(small.path().resolve("audit"));
    }
  }

  private static void awaitServed(DynamoDbClient client) {
    long start = System.nanoTime();
    boolean served = false;
    while (!served) {
      try {
        client.listTables();
        served = true;
      } catch (DynamoDbException e) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(OstrakaProcess.LIMIT);
      }
    }
  }

  private static void assertSound(Path log) throws InterruptedException {
    Ended verified =
        OstrakaProcess.run(
            "audit", "verify", log.toString(), "--key", log.resolve("seal.first").toString());
    assertThat(verified.status()).as(verified.output()).isZero();
    assertThat(verified.output()).contains(" 0 problems");
  }

  private static DynamoDbClient client(OstrakaProcess server) throws InterruptedException {
    return SdkClients.connect(
        server.endpoint(), AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET));
  }

  private static List<Path> files(Path log) throws IOException {
    try (Stream<Path> all = Files.list(log)) {
      return all.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static List<String> lines(Path log) throws IOException {
    return files(log).stream().flatMap(AuditIT::linesOf).toList();
  }

  private static Stream<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
