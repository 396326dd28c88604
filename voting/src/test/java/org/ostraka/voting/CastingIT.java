package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.LargeElections;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;
import org.ostraka.voting.token.VoterTokens;

/** Casts votes over HTTP, with two regions that are processes of bin/ostraka. */
@Timeout(300)
final class CastingIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int VOTERS = 40;

  @TempDir private Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aVoterHasOneBallotInBothRegionsWhateverIsRetried() throws Exception {
    VoterKey key = VoterKey.make();
    // As on the service, a table is not there at once.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        TwoRegions regions = new TwoRegions(directory, "--table-transition", "200")) {
      VoteTable table = regions.table("voting");
      regions.declare(table, election(table));
      declareTheLargest(table);
      try (VotingServer server = server(table, threads, key)) {
        castAll(table, server, threads, key);
        castWithOneEndpoint(table);
        killOne(regions, server, key);
        close(regions, table, server, key);
      }
    }
  }

  /** A server takes the rows of an election that is as large as one may be. */
  private static void declareTheLargest(VoteTable table) {
    Election largest = LargeElections.largest(table.regions());
    Elections elections = new Elections(table);
    assertThat(elections.declare(largest, Instant.now())).isTrue();
    assertThat(elections.add(largest.closing(Instant.now()), "r".repeat(16_000), Instant.now()))
        .isTrue();
    assertThat(elections.find("large").orElseThrow().candidates()).isEqualTo(largest.candidates());
  }

  /** Every voter votes for both candidates at once: one vote is stored, the other refused. */
  private void castAll(VoteTable table, VotingServer server, ExecutorService threads, VoterKey key)
      throws Exception {
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    for (int voter = 0; voter < VOTERS; voter++) {
      String token = key.token("voter-" + voter);
      for (String candidate : List.of("a", "b")) {
        answers.add(threads.submit(() -> answered(server, token, candidate)));
      }
    }
    Set<String> homes = new HashSet<>();
    for (int voter = 0; voter < VOTERS; voter++) {
      HttpResponse<String> a = answers.get(2 * voter).get();
      HttpResponse<String> b = answers.get(2 * voter + 1).get();
      assertThat(List.of(a.statusCode(), b.statusCode()))
          .as("%s %s", a.body(), b.body())
          .satisfiesOnlyOnce(it -> assertThat(it).isIn(200, 201))
          .containsOnlyOnce(409);
      boolean isA = a.statusCode() != 409;
      HttpResponse<String> stored = isA ? a : b;
      String candidate = isA ? "a" : "b";
      HttpResponse<String> again = answered(server, key.token("voter-" + voter), candidate);
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(stored.body());
      var ballot = Keys.ballot(election(table), "voter-" + voter);
      var here = table.read("eu-central-1", ballot).orElseThrow();
      assertThat(table.read("eu-west-1", ballot)).contains(here);
      homes.add(here.get("region").s());
    }
    assertThat(homes).containsExactlyInAnyOrder("eu-central-1", "eu-west-1");
    assertThat(vote(server, "forged", "a").statusCode()).isEqualTo(401);
    assertThat(vote(server, key.token("v"), "nobody").statusCode()).isEqualTo(400);
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
  private void killOne(TwoRegions regions, VotingServer server, VoterKey key) throws Exception {
    regions.kill(TwoRegions.SECOND);
    String token = key.token("late");
    assertThat(vote(server, token, "a").statusCode()).isEqualTo(503);
    regions.start(TwoRegions.SECOND);
    assertThat(answered(server, token, "a").statusCode()).isIn(200, 201);
    assertThat(answered(server, token, "b").statusCode()).isEqualTo(409);
  }

  /** The operator closes the election: what was cast is still confirmed, all else refused. */
  private void close(TwoRegions regions, VoteTable table, VotingServer server, VoterKey key)
      throws Exception {
    Election election = election(table);
    assertThat(new Leases(table).seal(election)).isEqualTo(8);
    assertThat(new Leases(table).seal(election)).isZero();
    assertThat(answered(server, key.token("sealed-out"), "a").statusCode()).isEqualTo(403);
    assertThat(answered(server, key.token("late"), "a").statusCode()).isEqualTo(200);
    List<String> close = new ArrayList<>(List.of("close", "--election", "e", "--grace", "1"));
    close.addAll(regions.regionOptions());
    assertThat(Voting.run(directory, close)).contains("Sealed 0 of 8 shards now.");
    await("both regions know", () -> shown(server).contains("\"state\":\"closed\",\"version\":2"));
    assertThat(new Elections(table).add(election.closing(Instant.MAX), "no", Instant.now()))
        .as("version 2 is never overwritten")
        .isFalse();
  }

  private String shown(VotingServer server) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/elections/e");
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static Election election(VoteTable table) {
    Instant opens = Instant.parse("2020-01-01T00:00:00Z");
    Instant closes = Instant.parse("2100-01-01T00:00:00Z");
    return new Election("e", List.of("a", "b"), opens, closes, new Sharding(8), table.regions());
  }

  private VotingServer server(VoteTable table, ExecutorService threads, VoterKey key)
      throws IOException {
    InstantSource clock = InstantSource.system();
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        threads,
        new VotingServices(
            new Elections(table),
            new Casting(table, 2, clock, Connections::pause),
            new SecretCasting(table, 2, 2, clock, Connections::pause),
            new VoterTokens(key.publicSet(), VoterKey.ISSUER, VoterKey.AUDIENCE, clock),
            ReceiptKeyFile.open(directory.resolve("receipt-key")),
            new Tallies(table.counts()),
            new AuditLogs(table.counts(), TwoRegions.FIRST),
            new StateChanges(new Elections(table), clock),
            Set.of(),
            Optional.empty(),
            clock,
            Connections::pause));
  }

  /** Votes as a voter does: again while nobody knows whether the vote is stored. */
  private HttpResponse<String> answered(VotingServer server, String token, String candidate)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(LIMIT);
    HttpResponse<String> answer = vote(server, token, candidate);
    while (answer.statusCode() == 503 && Instant.now().isBefore(deadline)) {
      answer = vote(server, token, candidate);
    }
    return answer;
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
}
