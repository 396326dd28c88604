package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.token.VoterTokens;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A server whose database does not answer refuses at once what exceeds its limit. */
final class OverloadTest {
  private static final int VOTES = 230;
  private static final int LIMIT = 200;
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private Path directory;

  @Test
  @SuppressWarnings("try") // The database goes away in the middle.
  void votesThatExceedTheLimitAreRefusedAtOnce() throws Exception {
    IssuerKey issuer = IssuerKey.make("https://issuer", "vote", CLOCK);
    try (ServerSocket silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newHttpClient();
        VotingServer server = server(silent, threads, issuer)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int voter = 0; voter < VOTES; voter++) {
        String token = issuer.token("voter-" + voter);
        answers.add(threads.submit(() -> vote(http, server, token)));
      }
      TwoRegions.await("some are refused", () -> done(answers) >= VOTES - LIMIT);
      // The others end when the database goes away.
      silent.close();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(503);
      }
    }
  }

  private static long done(List<Future<Integer>> answers) {
    return answers.stream().filter(Future::isDone).count();
  }

  private static int vote(HttpClient http, VotingServer server, String token) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/elections/e/votes");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString("{\"candidate\":\"a\"}"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private VotingServer server(ServerSocket silent, ExecutorService threads, IssuerKey issuer)
      throws Exception {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .overrideConfiguration(it -> it.apiCallTimeout(Duration.ofSeconds(60)))
            .build();
    VoteTable table = new VoteTable("voting", Map.of("us-east-1", client));
    Elections elections = new Elections(table);
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        threads,
        new VotingServices(
            elections,
            new Casting(table, 1, CLOCK, Connections::pause),
            new VoterTokens(issuer.publicSet(), "https://issuer", "vote", CLOCK),
            ReceiptKeyFile.open(directory.resolve("receipt-key")),
            new Tallies(table.counts()),
            new AuditLogs(table.counts(), "us-east-1"),
            new StateChanges(elections, CLOCK),
            Set.of(),
            Optional.empty(),
            CLOCK,
            Connections::pause));
  }
}
