package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.testkit.random.RandomCase;

/**
 * Backups and recovery to points in time, archived in a server that speaks S3's API, while this and
 * the server of the tables are killed. Runs with {@code -Ds3mock.jar=PATH}, the path of {@code
 * com.adobe.testing:s3mock:4.11.0:jar:exec}.
 */
@EnabledIfSystemProperty(named = "s3mock.jar", matches = ".+")
@Timeout(value = 900, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class S3ArchiveTest {
  private static final int KILLS = Integer.getInteger("ostraka.archive.kills", 4);

  @TempDir Path directory;

  private final Set<JsonValue> written = new HashSet<>();
  private final List<Process> processes = new ArrayList<>();
  private int s3Port;
  private int port;
  private Process s3;
  private Process server;
  private ApiClient api;

  @BeforeEach
  void start() throws Exception {
    s3Port = freePort();
    port = freePort();
    s3 = startS3();
    server = startServer();
    api =
        new ApiClient(
            URI.create(url()),
            ServerOptions.signer(Map.of()),
            ServerOptions.tls(Map.of(), InstantSource.system()),
            InstantSource.system());
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatWasArchivedThroughKillsIsRestored(TestInfo test) throws Exception {
    RandomGenerator random = RandomCase.of(test).branch(0);
    makeTable();
    for (int kill = 0; kill < KILLS; kill++) {
      put(kill * 50, 50);
      if (kill % 2 == 0) {
        assertThat(backup("create", "votes", "backup-" + kill).err()).isEmpty();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(3_000)));
      server.destroyForcibly().waitFor();
      server = startServer();
    }
    Set<JsonValue> before = Set.copyOf(written);
    assertThat(backup("create", "votes", "before").err()).isEmpty();
    s3.destroyForcibly().waitFor();
    put(KILLS * 50, 50);
    server.destroyForcibly().waitFor();
    server = startServer();
    put(KILLS * 50 + 50, 50);
    s3 = startS3();
    assertThat(backup("create", "votes", "after").err()).isEmpty();
    assertThat(restored("before")).isEqualTo(before);
    assertThat(restored("after")).isEqualTo(written);
  }

  /** Returns the items of a table that is made from a backup. */
  private Set<JsonValue> restored(String name) {
    String arn =
        backup("list", "votes")
            .out()
            .lines()
            .filter(line -> line.endsWith(name))
            .map(line -> line.split("\\s")[0])
            .findFirst()
            .orElseThrow();
    assertThat(backup("restore", arn, name).err()).isEmpty();
    return items(name);
  }

  @Test
  void anArchiveThatIsAwayAtTheStartDoesNotStopWrites() throws Exception {
    makeTable();
    s3.destroyForcibly().waitFor();
    server.destroyForcibly().waitFor();
    server = startServer();
    put(0, 20);
    assertThat(items("votes")).hasSize(20);
  }

  private Process startS3() throws Exception {
    return started(
        s3Port,
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            System.getProperty("s3mock.jar"),
            "--com.adobe.testing.s3mock.store.initial-buckets=out",
            "--com.adobe.testing.s3mock.store.root=" + directory.resolve("s3"),
            "--com.adobe.testing.s3mock.http-port=" + s3Port,
            "--server.port=0"));
  }

  private Process startServer() throws Exception {
    return started(
        port,
        List.of(
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--port",
            String.valueOf(port),
            "--data",
            directory.resolve("data").toString(),
            "--archive",
            "s3://out/votes",
            "--s3-endpoint",
            "http://localhost:" + s3Port));
  }

  private Process started(int awaited, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    command.addAll(arguments);
    Path s3Root = directory.resolve("s3");
    var _ = s3Root.toFile().mkdirs();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
    builder.environment().put("AWS_ACCESS_KEY_ID", "key");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
    Process process = builder.start();
    processes.add(process);
    while (!answers(awaited)) {
      assertThat(process.isAlive()).as(directory.resolve("log").toString()).isTrue();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return process;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket("localhost", port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String url() {
    return "http://127.0.0.1:" + port;
  }

  private Outcome backup(String... arguments) {
    List<String> all = new ArrayList<>(List.of("backup"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--endpoint-url", url()));
    return Outcome.of(all.toArray(String[]::new));
  }

  private void makeTable() {
    call(
        "CreateTable",
        "{'TableName':'votes','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
            + "{'AttributeName':'id','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}");
    call(
        "UpdateContinuousBackups",
        "{'TableName':'votes','PointInTimeRecoverySpecification':"
            + "{'PointInTimeRecoveryEnabled':true}}");
  }

  private void put(int from, int count) {
    for (int id = from; id < from + count; id++) {
      String item = "{\"id\":{\"S\":\"%d\"},\"pad\":{\"S\":\"%s\"}}".formatted(id, "x".repeat(100));
      call("PutItem", "{'TableName':'votes','Item':" + item + "}");
      written.add(JsonText.parse(item.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private Set<JsonValue> items(String table) {
    JsonValue.Members page = call("Scan", "{'TableName':'" + table + "'}");
    return Set.copyOf(((JsonValue.Elements) Answers.member(page, "Items")).values());
  }

  private JsonValue.Members call(String operation, String request) {
    byte[] text = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return api.call(operation, ((JsonValue.Members) JsonText.parse(text)).values());
  }
}
