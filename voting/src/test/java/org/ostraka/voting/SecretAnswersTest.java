package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.token.VoterTokens;

/** What the HTTP interface answers to votes of a secret election. */
@Timeout(60)
final class SecretAnswersTest {
  private static final String NUMBER = "0123456789abcdef0123456789abcdef";

  private final InstantSource whileOpen =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), OPENS.plusSeconds(60)));
  private final IssuerKey issuer = IssuerKey.make("https://issuer", "vote", whileOpen);
  private final TwoMemories regions = new TwoMemories();

  @TempDir private Path directory;

  @Test
  void eachAnswerSaysWhatBecameOfTheVote() throws Exception {
    Election election = declare();
    // The number is looked for in the region of the voter.
    String one = TwoMemories.voterOf(election, 0, 0);
    String two = TwoMemories.voterOf(election, 0, 1);
    String three = TwoMemories.voterOf(election, 0, 2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newHttpClient();
        VotingServer server = server(regions.table(), threads)) {
      Voters voters = new Voters(http, server.port());
      assertThat(voters.vote(one, "a", "\"" + NUMBER + "\"").statusCode()).isEqualTo(201);
      HttpResponse<String> taken = voters.vote(two, "a", "\"" + NUMBER + "\"");
      assertThat(taken.statusCode()).isEqualTo(422);
      assertThat(taken.body()).contains("another ballot has this number: choose another one");
      String another = NUMBER.replace('0', 'f');
      assertThat(voters.vote(two, "a", "\"" + another + "\"").statusCode()).isEqualTo(201);
      assertThat(voters.vote(one, "a", "\"" + NUMBER + "\"").statusCode()).isEqualTo(200);
      assertThat(voters.vote(one, "b", "\"" + NUMBER + "\"").statusCode()).isEqualTo(409);
      assertThat(voters.vote(one, "a", "\"" + another + "\"").statusCode())
          .as("no second ballot: the number is the secret, and whoever has it gets its receipt")
          .isEqualTo(200);
      for (String wrong :
          List.of(
              "\"\"",
              "\"" + NUMBER.toUpperCase(Locale.ROOT) + "\"",
              "1",
              "null",
              "{}",
              "[\"a\"]")) {
        assertThat(voters.vote(three, "a", wrong).statusCode()).as(wrong).isEqualTo(400);
      }
      assertThat(voters.vote(three, "x", "\"" + NUMBER + "\"").statusCode()).isEqualTo(400);
    }
  }

  /** Sends votes to a server. */
  private final class Voters {
    private final HttpClient http;
    private final URI votes;

    private Voters(HttpClient http, int port) {
      this.http = http;
      this.votes = URI.create("http://127.0.0.1:" + port + "/elections/e/votes");
    }

    private HttpResponse<String> vote(String voter, String candidate, String ballot)
        throws Exception {
      String body = "{\"candidate\":\"%s\",\"ballot\":%s}".formatted(candidate, ballot);
      HttpRequest request =
          HttpRequest.newBuilder(votes)
              .header("Authorization", "Bearer " + issuer.token(voter))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private Election declare() {
    Election open =
        new Election(
            "e",
            List.of("a", "b"),
            OPENS,
            TwoMemories.CLOSES,
            new Sharding(2),
            List.of(HERE, THERE));
    boolean _ = new Elections(regions.table()).declare(open.secret(), OPENS);
    regions.replicate();
    return open.secret();
  }

  private VotingServer server(VoteTable table, ExecutorService threads) throws Exception {
    Elections elections = new Elections(table);
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        threads,
        new VotingServices(
            elections,
            new Casting(table, 1, whileOpen, Connections::pause),
            new SecretCasting(table, 1, 1, whileOpen, Connections::pause),
            new VoterTokens(issuer.publicSet(), "https://issuer", "vote", whileOpen),
            ReceiptKeyFile.open(directory.resolve("receipt-key")),
            new Tallies(table.counts()),
            new AuditLogs(table.counts(), table.regions().getFirst()),
            new StateChanges(elections, whileOpen),
            Set.of(),
            Optional.empty(),
            whileOpen,
            Connections::pause));
  }
}
