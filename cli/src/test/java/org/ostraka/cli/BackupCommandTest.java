package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.server.OstrakaServer;

/** Backups made, shown and restored by the command line, on a real server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BackupCommandTest {
  private static final String ITEM = "{\"id\":{\"S\":\"solon\"}}";
  private static final String TABLE_ARN =
      "arn:aws:dynamodb:"
          + System.getenv().getOrDefault("AWS_REGION", "us-east-1")
          + ":000000000000:table/";

  @TempDir Path parent;

  private OstrakaServer server;
  private ApiClient api;

  @BeforeEach
  void aTableWithAnItem() throws Exception {
    server = LocalServer.over(parent.resolve("data"));
    api =
        new ApiClient(
            URI.create(endpoint()),
            ServerOptions.signer(System.getenv()),
            ServerOptions.tls(Map.of(), InstantSource.system()),
            InstantSource.system());
    call(
        "CreateTable",
        """
        {"TableName":"votes","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}
        """);
    quiet()
        .until(
            "ACTIVE",
            "votes",
            () -> {
              JsonValue table =
                  call("DescribeTable", "{\"TableName\":\"votes\"}").values().get("Table");
              return ((JsonValue.Text) ((JsonValue.Members) table).values().get("TableStatus"))
                  .value();
            });
    call("PutItem", "{\"TableName\":\"votes\",\"Item\":" + ITEM + "}");
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  @Test
  void aBackupIsMadeDescribedRestoredAndDeleted() {
    String arn = done("create", "votes", "before").strip();
    assertThat(arn).startsWith(TABLE_ARN + "votes/backup/");
    assertThat(done("describe", arn).lines())
        .contains("BackupArn: " + arn, "BackupName: before", "BackupStatus: AVAILABLE")
        .contains("TableName: votes", "ItemCount: 1")
        .anyMatch(line -> line.matches("BackupCreationDateTime: 20\\d\\d-.*Z"));
    assertThat(done("restore", arn, "again")).isEqualTo(TABLE_ARN + "again\n");
    assertHasTheItem("again");
    assertThat(done("delete", arn)).isEmpty();
    assertThat(backup("describe", arn))
        .isEqualTo(
            new Outcome(
                1, "", "ostraka: BackupNotFoundException: Backup not found: " + arn + "\n"));
  }

  @Test
  void aListGoesThroughAllPages() {
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      arns.add(done("create", "votes", "backup-" + i).strip());
    }
    assertThat(done("list", "--page-size", "1").lines())
        .hasSize(3)
        .allMatch(line -> line.matches("\\S+ AVAILABLE USER 20\\S+Z \\d+ votes backup-\\d"))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactlyInAnyOrderElementsOf(arns);
    assertThat(done("list", "votes").lines()).hasSize(3);
    assertThat(done("list", "others")).isEmpty();
  }

  @Test
  void aTableGoesBackToATimeAndToTheLatest() {
    call(
        "UpdateContinuousBackups",
        """
        {"TableName":"votes","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}}
        """);
    assertThat(done("restore", "--table", "votes", "--latest", "latest"))
        .isEqualTo(TABLE_ARN + "latest\n");
    assertHasTheItem("latest");
    Outcome early =
        backup("restore", "--table", TABLE_ARN + "votes", "--at", "2020-01-31T12:00:00Z", "early");
    assertThat(early.status()).isEqualTo(1);
    assertThat(early.err())
        .startsWith("ostraka: InvalidRestoreTimeException: ")
        .contains("2020-01-31T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          backup                    | name a command of backup: create, list, describe, delete or restore
          backup fly                | name a command of backup: create, list, describe, delete or restore, not fly
          backup create             | TABLE is missing
          backup create votes       | NAME is missing
          backup create votes a b   | unexpected argument 'b'
          backup describe           | ARN is missing
          backup list --page-size 0 | --page-size is 1 to 100, not 0
          backup list --endpoint-url x | --endpoint-url is like http://localhost:4567, not: x
          backup restore            | TARGET-TABLE is missing
          backup restore t          | name either the ARN of a backup or --table
          backup restore arn t --table votes | name either the ARN of a backup or --table
          backup restore arn t --latest | --at and --latest need --table
          backup restore --table votes t | --table needs either --at or --latest
          backup restore --table votes --at now t | --at is a time like 2026-01-31T12:00:00Z, not now
          """)
  void badArgumentsAreRefusedInOneLine(String line, String message) {
    assertThat(Outcome.of(line.split(" ")))
        .isEqualTo(new Outcome(2, "", "ostraka: " + message + " (see --help)\n"));
  }

  @Test
  void aServerThatDoesNotRunIsNamed() {
    String endpoint = endpoint();
    server.close();
    Outcome outcome = Outcome.of("backup", "list", "--endpoint-url", endpoint);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("ostraka: " + endpoint + " cannot be reached");
  }

  @Test
  void aServerThatTakesARequestAndDoesNotAnswerMayHaveDoneIt() throws Exception {
    try (ServerSocket taking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> taken =
          threads.submit(() -> {
            try (Socket connection = taking.accept()) {
              return connection.getInputStream().read();
            }
          });
      String endpoint = "http://127.0.0.1:" + taking.getLocalPort();
      Outcome outcome = Outcome.of("backup", "create", "votes", "b", "--endpoint-url", endpoint);
      assertThat(taken.get()).isNotEqualTo(-1);
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .startsWith("ostraka: " + endpoint + " did not answer, and may have done what was asked");
    }
  }

  @Test
  void progressIsShownToATerminalOnly() {
    StringWriter shown = new StringWriter();
    List<Duration> rests = new ArrayList<>();
    Queue<String> statuses = new ArrayDeque<>(List.of("CREATING", "CREATING", "ACTIVE"));
    new StatusWait(new PrintWriter(shown), true, () -> Instant.EPOCH, rests::add)
        .until("ACTIVE", "votes", statuses::remove);
    assertThat(shown).hasToString("\rvotes: CREATING  0 s".repeat(2) + "\rvotes: ACTIVE    0 s\n");
    assertThat(rests).containsExactly(Duration.ofMillis(20), Duration.ofMillis(40));
  }

  @Test
  void aWaitEndsWithAnotherStatus() {
    assertThatThrownBy(() -> quiet().until("ACTIVE", "votes", () -> "DELETING"))
        .isInstanceOf(CallException.class)
        .hasMessage("votes is DELETING, not ACTIVE");
  }

  private static StatusWait quiet() {
    return new StatusWait(
        new PrintWriter(new StringWriter()),
        false,
        InstantSource.system(),
        _ -> Thread.onSpinWait());
  }

  private String endpoint() {
    return "http://127.0.0.1:" + server.port();
  }

  private JsonValue.Members call(String operation, String request) {
    JsonValue members = JsonText.parse(request.getBytes(StandardCharsets.UTF_8));
    return api.call(operation, ((JsonValue.Members) members).values());
  }

  private void assertHasTheItem(String table) {
    assertThat(call("GetItem", "{\"TableName\":\"" + table + "\",\"Key\":" + ITEM + "}").values())
        .containsKey("Item");
  }

  private String done(String... arguments) {
    Outcome outcome = backup(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome.out();
  }

  private Outcome backup(String... arguments) {
    List<String> all = new ArrayList<>(List.of("backup"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--endpoint-url", endpoint()));
    return Outcome.of(all.toArray(String[]::new));
  }
}
