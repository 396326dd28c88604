package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Two regions, each a process of bin/ostraka. */
final class TwoRegions implements AutoCloseable {
  static final String FIRST = "eu-central-1";
  static final String SECOND = "eu-west-1";
  static final String ID = "AKIDVOTING";
  static final String SECRET = "for-tests-only/0123456789abcdefghijklmno";

  private static final String ROOT = "arn:aws:iam::000000000000:root";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  // A region that comes back gets all that it has missed while it starts.
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;
  private static final Duration STEP = Duration.ofMillis(50);

  private final Path directory;
  private final List<String> options;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, Process> processes = new LinkedHashMap<>();

  /** Starts both. */
  TwoRegions(Path directory, String... options) throws Exception {
    this.directory = directory;
    this.options = List.of(options);
    ports.put(FIRST, freePort());
    ports.put(SECOND, freePort());
    begin(FIRST);
    begin(SECOND);
    awaitAnswer(FIRST);
    awaitAnswer(SECOND);
  }

  /** Starts a region on the data that it has. */
  void start(String own) throws Exception {
    begin(own);
    awaitAnswer(own);
  }

  private void begin(String own) throws IOException {
    String other = own.equals(FIRST) ? SECOND : FIRST;
    List<String> command =
        new ArrayList<>(
            List.of(
                home().resolve("bin/ostraka").toString(),
                "serve",
                "--port",
                ports.get(own).toString(),
                "--data",
                directory.resolve(own).toString(),
                "--region",
                own,
                "--peer",
                other + "=http://127.0.0.1:" + ports.get(other),
                "--peer-principal",
                ROOT));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("OSTRAKA_ROOT_ACCESS_KEY_ID", ID);
    environment.put("OSTRAKA_ROOT_SECRET_ACCESS_KEY", SECRET);
    environment.put("OSTRAKA_PEER_ACCESS_KEY_ID", ID);
    environment.put("OSTRAKA_PEER_SECRET_ACCESS_KEY", SECRET);
    processes.put(
        own, builder.redirectErrorStream(true).redirectOutput(output(own).toFile()).start());
  }

  private void awaitAnswer(String region) {
    Process process = processes.get(region);
    // Each attempt is one look: the SDK's own further attempts rest longer and longer.
    try (DynamoDbClient client =
        client(region, it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()))) {
      await(
          region + " answers",
          START_LIMIT,
          () -> {
            assertThat(process.isAlive()).as(read(output(region))).isTrue();
            return listens(client);
          });
    }
  }

  private Path output(String region) {
    return directory.resolve(region + ".out");
  }

  /** Ends a region with SIGKILL. */
  void kill(String region) throws InterruptedException {
    Process killed = processes.get(region);
    killed.toHandle().destroyForcibly();
    var _ = killed.waitFor();
  }

  /** Returns a table of this name as a client of both regions sees it. */
  VoteTable table(String name) {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    ports.keySet().forEach(region -> clients.put(region, client(region)));
    return new VoteTable(name, clients);
  }

  /** Makes the table in both regions and declares an election. */
  void declare(VoteTable table, Election election) {
    declare(table, election, false);
  }

  /** Makes the table in both regions and declares an election whose leases may have terms. */
  void declare(VoteTable table, Election election, boolean haveTerms) {
    create(table);
    assertThat(new Elections(table).declare(election, Instant.now(), haveTerms)).isTrue();
    assertThat(new Elections(table).declare(election, Instant.now(), haveTerms)).isFalse();
  }

  /** Makes a table in both regions. */
  void create(VoteTable table) {
    table.create();
    await("the table is ready", () -> !table.addReplica() && table.isReady());
  }

  /** Returns the options that name both regions to bin/voting. */
  List<String> regionOptions() {
    List<String> given = new ArrayList<>();
    ports.forEach((region, port) -> {
      given.add("--region");
      given.add(region + "=http://127.0.0.1:" + port);
    });
    return given;
  }

  /** Waits until something holds. */
  static void await(String what, BooleanSupplier holds) {
    await(what, LIMIT, holds);
  }

  /** Waits for no longer than a limit until something holds. */
  static void await(String what, Duration limit, BooleanSupplier holds) {
    Instant deadline = Instant.now().plus(limit);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(deadline);
      Connections.pause(STEP);
    }
  }

  private static boolean listens(DynamoDbClient client) {
    try {
      return client.listTables() != null;
    } catch (SdkException notYet) {
      return false;
    }
  }

  /** Returns where a region is. */
  URI endpoint(String region) {
    return URI.create("http://127.0.0.1:" + ports.get(region));
  }

  DynamoDbClient client(String region) {
    return client(region, _ -> {});
  }

  private DynamoDbClient client(
      String region, Consumer<ClientOverrideConfiguration.Builder> override) {
    return DynamoDbClient.builder()
        .region(Region.of(region))
        .endpointOverride(endpoint(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
        .overrideConfiguration(it -> override.accept(it.apiCallTimeout(Duration.ofSeconds(10))))
        .build();
  }

  /** Returns the directory with bin/ostraka: the repository unless -Dostraka.home names another. */
  static Path home() {
    return Path.of(System.getProperty("ostraka.home", "..")).toAbsolutePath().normalize();
  }

  /** Returns a free port below those that systems give to clients, so that it stays free. */
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      if (isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Returns what a file says, or why it cannot be read. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    processes.values().forEach(process -> process.toHandle().destroyForcibly());
  }
}
