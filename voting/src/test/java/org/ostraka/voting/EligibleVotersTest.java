package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.options.Program;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Eligibility;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.token.VoterTokens;

/** The HTTP interface of elections that are for some voters only. */
@Timeout(60)
final class EligibleVotersTest {
  private static final String DISTRICT = "custom:district";
  private static final String GROUPS = "cognito:groups";
  private static final String OPEN_VOTE = "{\"candidate\":\"a\"}";
  private static final String SECRET_VOTE =
      "{\"candidate\":\"a\",\"ballot\":\"0123456789abcdef0123456789abcdef\"}";

  // It goes on: votes of a secret election wait for company.
  private final InstantSource clock =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), OPENS.plusSeconds(60)));
  private final IssuerKey issuer = IssuerKey.make("https://issuer", "vote", clock);
  private final TwoMemories regions = new TwoMemories();
  private final List<String> operations = new CopyOnWriteArrayList<>();

  @TempDir private Path directory;

  @Test
  void anOpenElectionIsForVotersWithItsClaims() throws Exception {
    onlyVotersWithTheClaimsVote(declare(false), OPEN_VOTE);
  }

  @Test
  void aSecretElectionIsForVotersWithItsClaims() throws Exception {
    onlyVotersWithTheClaimsVote(declare(true), SECRET_VOTE);
  }

  private void onlyVotersWithTheClaimsVote(Election election, String vote) throws Exception {
    String voter = TwoMemories.voterOf(election, 0, 0);
    String stranger = issuer.token(voter);
    String neighbour =
        issuer
            .withClaims(Map.of(DISTRICT, Set.of("west"), GROUPS, Set.of("citizens")))
            .token(voter);
    String half = issuer.withClaims(Map.of(DISTRICT, Set.of("north"))).token(voter);
    String citizen =
        issuer
            .withClaims(Map.of(DISTRICT, Set.of("north"), GROUPS, Set.of("clerks", "citizens")))
            .token(voter);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newHttpClient();
        VotingServer server = server(threads, clock)) {
      Site site = new Site(http, server.port());
      var rows = List.of(regions.here.rows("voting"), regions.there.rows("voting"));
      assertThat(site.post("votes", "forged", vote).statusCode()).isEqualTo(401);
      refused(site.post("votes", stranger, vote), GROUPS);
      refused(site.post("votes", neighbour, vote), DISTRICT);
      refused(site.post("votes", half, vote), GROUPS);
      assertThat(operations).as("only the election was read").containsOnly("Query");
      assertThat(List.of(regions.here.rows("voting"), regions.there.rows("voting")))
          .isEqualTo(rows);
      HttpResponse<String> receipt = site.post("votes", citizen, vote);
      assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(201);
      assertThat(site.post("votes", citizen, vote).statusCode()).isEqualTo(200);
      operations.clear();
      refused(site.post("votes", half, vote), GROUPS);
      assertThat(operations)
          .as("only the election is read, also for who has voted and lost a claim")
          .isSubsetOf("Query");
      assertThat(site.post("proofs", "", receipt.body()).statusCode())
          .as("a receipt is enough for a proof, which needs a publication")
          .isEqualTo(202);
    }
  }

  @Test
  void everybodySeesWhoMayVoteAndOperatorsNeedNoClaim() throws Exception {
    var _ = declare(false);
    String shown =
        "\"voters\":[{\"claim\":\"cognito:groups\",\"values\":[\"citizens\"]},"
            + "{\"claim\":\"custom:district\",\"values\":[\"north\",\"south\"]}]";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newHttpClient();
        VotingServer server = server(threads, clock)) {
      Site site = new Site(http, server.port());
      assertThat(site.get("/elections/e", "").body()).contains(shown);
      String operator = issuer.token("operator");
      HttpResponse<String> status = site.get("/operator/elections/e", operator);
      assertThat(status.statusCode()).isEqualTo(200);
      assertThat(status.body()).contains(shown);
      refused(site.post("votes", operator, OPEN_VOTE), GROUPS);
      HttpResponse<String> closed = site.send("/operator/elections/e/close", operator, "");
      assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
      assertThat(closed.body()).contains("\"version\":2", shown);
    }
  }

  @Test
  void anElectionThatNamesNobodyIsForEveryVoterWithAToken() throws Exception {
    Election election = regions.declare("e", 2, false);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newHttpClient();
        VotingServer server = server(threads, clock)) {
      Site site = new Site(http, server.port());
      assertThat(site.get("/elections/e", "").body()).contains("\"voters\":[]");
      String voter = issuer.token(TwoMemories.voterOf(election, 0, 0));
      assertThat(site.post("votes", voter, OPEN_VOTE).statusCode()).isEqualTo(201);
      assertThat(site.post("votes", "", OPEN_VOTE).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aLoadVotesWithTheClaimsThatItIsGiven() throws Exception {
    boolean _ =
        new Elections(regions.table())
            .declare(
                election(
                    Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z")),
                OPENS);
    regions.replicate();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        VotingServer server = server(threads, InstantSource.system())) {
      assertThat(load(server, DISTRICT + "=south")).contains("Receipts 0 (", "given up 0,");
      assertThat(load(server, DISTRICT + "=south", GROUPS + "=clerks", GROUPS + "=citizens"))
          .contains("Ledger complete")
          .doesNotContain("Receipts 0 (");
      assertThat(load(server, "sub=voter"))
          .contains("each token has its own sub, iss, aud and exp");
    }
  }

  /** Runs a small load and returns what it prints. */
  private String load(VotingServer server, String... claims) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--url",
                "http://127.0.0.1:" + server.port(),
                "--election",
                "e",
                "--peak",
                "20",
                "--ramp",
                "1",
                "--for",
                "0",
                "--seed",
                "1",
                "--ledger",
                directory.resolve("ledger-" + claims.length).toString(),
                "--issuer-key",
                Files.writeString(directory.resolve("issuer"), issuer.secret()).toString(),
                "--issuer",
                "https://issuer",
                "--audience",
                "vote"));
    for (String claim : claims) {
      arguments.addAll(List.of("--claim", claim));
    }
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    int _ =
        new Program("voting load", LoadCommand.COMMAND)
            .run(arguments.toArray(String[]::new), out, out);
    return printed.toString();
  }

  private static void refused(HttpResponse<String> answer, String claim) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"message\":\"this election is for other voters: the token has no %s that may vote\"}"
                .formatted(claim));
  }

  /** Sends requests to a server. */
  private record Site(HttpClient http, int port) {
    private HttpResponse<String> post(String part, String token, String body) throws Exception {
      return send("/elections/e/" + part, token, body);
    }

    private HttpResponse<String> send(String path, String token, String body) throws Exception {
      return answer(request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
      return answer(request(path, token));
    }

    private HttpRequest.Builder request(String path, String token) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private Election declare(boolean isSecret) {
    Election open = election(OPENS, TwoMemories.CLOSES);
    Election election = isSecret ? open.secret() : open;
    boolean _ = new Elections(regions.table()).declare(election, OPENS);
    regions.replicate();
    return election;
  }

  private static Election election(Instant opens, Instant closes) {
    return new Election(
            "e", List.of("a", "b"), opens, closes, new Sharding(2), List.of(HERE, THERE))
        .withVoters(
            new Eligibility(
                Map.of(DISTRICT, Set.of("north", "south"), GROUPS, Set.of("citizens"))));
  }

  private VotingServer server(ExecutorService threads, InstantSource clock) throws Exception {
    regions.here.beforeEach(operations::add);
    regions.there.beforeEach(operations::add);
    VoteTable table = regions.table();
    Elections elections = new Elections(table);
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        threads,
        new VotingServices(
            elections,
            new Casting(table, 1, clock, Connections::pause),
            new SecretCasting(table, 1, 1, clock, Connections::pause),
            new VoterTokens(issuer.publicSet(), "https://issuer", "vote", clock),
            ReceiptKeyFile.open(directory.resolve("receipt-key")),
            new Tallies(table.counts()),
            new AuditLogs(table.counts(), table.regions().getFirst()),
            new StateChanges(elections, clock),
            Set.of("operator"),
            Optional.empty(),
            clock,
            Connections::pause));
  }
}
