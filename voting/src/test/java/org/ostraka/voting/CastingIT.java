package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.token.VoterTokens;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Casts votes over HTTP, with two regions that are processes of bin/ostraka. */
final class CastingIT {
  private static final String ID = "AKIDVOTING";
  private static final String SECRET = "for-tests-only/0123456789abcdefghijklmno";
  private static final String ROOT = "arn:aws:iam::000000000000:root";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int VOTERS = 40;

  @TempDir private Path directory;

  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aVoterHasOneBallotInBothRegionsWhateverIsRetried() throws Exception {
    ports.put("eu-central-1", freePort());
    ports.put("eu-west-1", freePort());
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      start("eu-central-1", "eu-west-1");
      start("eu-west-1", "eu-central-1");
      VoteTable table = new VoteTable("voting", clients());
      declare(table);
      try (VotingServer server = server(table, threads, key)) {
        castAll(table, server, threads, key);
        castWithOneEndpoint(table);
        killOne(server, key);
      }
    } finally {
      processes.values().forEach(process -> process.toHandle().destroyForcibly());
    }
  }

  /** Every voter votes for both candidates at once: one vote is stored, the other refused. */
  private void castAll(VoteTable table, VotingServer server, ExecutorService threads, ECKey key)
      throws Exception {
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    for (int voter = 0; voter < VOTERS; voter++) {
      String token = token(key, "voter-" + voter);
      for (String candidate : List.of("a", "b")) {
        answers.add(threads.submit(() -> vote(server, token, candidate)));
      }
    }
    Set<String> homes = new HashSet<>();
    for (int voter = 0; voter < VOTERS; voter++) {
      HttpResponse<String> a = answers.get(2 * voter).get();
      HttpResponse<String> b = answers.get(2 * voter + 1).get();
      assertThat(List.of(a.statusCode(), b.statusCode()))
          .as("%s %s", a.body(), b.body())
          .containsExactlyInAnyOrder(201, 409);
      HttpResponse<String> stored = a.statusCode() == 201 ? a : b;
      String candidate = a.statusCode() == 201 ? "a" : "b";
      HttpResponse<String> again = vote(server, token(key, "voter-" + voter), candidate);
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(stored.body());
      var ballot = Keys.ballot(election(table), "voter-" + voter);
      var here = table.read("eu-central-1", ballot).orElseThrow();
      assertThat(table.read("eu-west-1", ballot)).contains(here);
      homes.add(here.get("region").s());
    }
    assertThat(homes).containsExactlyInAnyOrder("eu-central-1", "eu-west-1");
    assertThat(vote(server, "forged", "a").statusCode()).isEqualTo(401);
    assertThat(vote(server, token(key, "v"), "nobody").statusCode()).isEqualTo(400);
  }

  /** A server that knows one region says so to the voters of the other one. */
  private void castWithOneEndpoint(VoteTable table) {
    VoteTable one = new VoteTable("voting", Map.of("eu-central-1", table.in("eu-central-1")));
    Casting casting = new Casting(one, 1, InstantSource.system(), Connections::pause);
    Set<Outcome> elsewhere = new HashSet<>();
    for (int voter = 0; voter < VOTERS; voter++) {
      if (casting.cast(election(table), "one-" + voter, "a") instanceof Outcome.NotHere refused) {
        elsewhere.add(refused);
      }
    }
    assertThat(elsewhere).containsExactly(new Outcome.NotHere("eu-west-1"));
  }

  /** Without the second region nobody gets a receipt; with it again, the same vote gets one. */
  private void killOne(VotingServer server, ECKey key) throws Exception {
    Process killed = processes.get("eu-west-1");
    killed.toHandle().destroyForcibly();
    var _ = killed.waitFor();
    String token = token(key, "late");
    assertThat(vote(server, token, "a").statusCode()).isEqualTo(503);
    start("eu-west-1", "eu-central-1");
    Instant deadline = Instant.now().plus(LIMIT);
    int status = vote(server, token, "a").statusCode();
    while (status == 503 && Instant.now().isBefore(deadline)) {
      status = vote(server, token, "a").statusCode();
    }
    assertThat(status).isIn(200, 201);
    assertThat(vote(server, token, "b").statusCode()).isEqualTo(409);
  }

  private void declare(VoteTable table) {
    table.create();
    Instant deadline = Instant.now().plus(LIMIT);
    while (table.addReplica() || !table.isReady()) {
      assertThat(Instant.now()).as("the table is ready").isBefore(deadline);
      Connections.pause(Duration.ofMillis(50));
    }
    assertThat(new Elections(table).declare(election(table))).isTrue();
    assertThat(new Elections(table).declare(election(table))).isFalse();
  }

  private static Election election(VoteTable table) {
    Instant opens = Instant.parse("2020-01-01T00:00:00Z");
    Instant closes = Instant.parse("2100-01-01T00:00:00Z");
    return new Election("e", List.of("a", "b"), opens, closes, new Sharding(8), table.regions());
  }

  private VotingServer server(VoteTable table, ExecutorService threads, ECKey key)
      throws IOException {
    InstantSource clock = InstantSource.system();
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        threads,
        new Elections(table),
        new Casting(table, 2, clock, Connections::pause),
        new VoterTokens(new JWKSet(key).toString(), "https://issuer", "vote", clock),
        ReceiptKeyFile.open(directory.resolve("receipt-key")));
  }

  private HttpResponse<String> vote(VotingServer server, String token, String candidate)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/elections/e/votes");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString("{\"candidate\":\"" + candidate + "\"}"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String token(ECKey key, String voter) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("1").build(),
            new JWTClaimsSet.Builder()
                .subject(voter)
                .issuer("https://issuer")
                .audience("vote")
                .claim("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond())
                .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private void start(String own, String other) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
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
            ROOT,
            // As on the service, a table is not there at once.
            "--table-transition",
            "200");
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("OSTRAKA_ROOT_ACCESS_KEY_ID", ID);
    environment.put("OSTRAKA_ROOT_SECRET_ACCESS_KEY", SECRET);
    environment.put("OSTRAKA_PEER_ACCESS_KEY_ID", ID);
    environment.put("OSTRAKA_PEER_SECRET_ACCESS_KEY", SECRET);
    Path output = directory.resolve(own + ".out");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    processes.put(own, process);
    Instant deadline = Instant.now().plus(LIMIT);
    while (!listens(own)) {
      assertThat(process.isAlive() && Instant.now().isBefore(deadline))
          .as(Files.readString(output))
          .isTrue();
      Connections.pause(Duration.ofMillis(50));
    }
  }

  private boolean listens(String region) {
    try (DynamoDbClient client = client(region)) {
      return client.listTables() != null;
    } catch (SdkException notYet) {
      return false;
    }
  }

  private Map<String, DynamoDbClient> clients() {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    ports.keySet().forEach(region -> clients.put(region, client(region)));
    return clients;
  }

  private DynamoDbClient client(String region) {
    return DynamoDbClient.builder()
        .region(Region.of(region))
        .endpointOverride(URI.create("http://127.0.0.1:" + ports.get(region)))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
        .overrideConfiguration(it -> it.apiCallTimeout(Duration.ofSeconds(10)))
        .build();
  }

  /** Returns the directory with bin/ostraka: the repository unless -Dostraka.home names another. */
  private static Path home() {
    return Path.of(System.getProperty("ostraka.home", "..")).toAbsolutePath().normalize();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
