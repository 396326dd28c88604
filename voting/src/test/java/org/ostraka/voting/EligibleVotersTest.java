package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Eligibility;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.token.IssuerKey;

/** The HTTP interface of elections that are for some voters only. */
@Timeout(60)
final class EligibleVotersTest {
  private static final String DISTRICT = "custom:district";
  private static final String GROUPS = "cognito:groups";
  private static final String VOTES = "/elections/e/votes";
  private static final String OPEN_VOTE = "{\"candidate\":\"a\"}";
  private static final String SECRET_VOTE =
      "{\"candidate\":\"a\",\"ballot\":\"0123456789abcdef0123456789abcdef\"}";

  // It goes on: votes of a secret election wait for company.
  private final InstantSource clock =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), OPENS.plusSeconds(60)));
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
    try (MemorySite site = site(clock)) {
      IssuerKey issuer = site.issuer;
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
      var rows = List.of(regions.here.rows("voting"), regions.there.rows("voting"));
      assertThat(site.send(VOTES, "forged", vote).statusCode()).isEqualTo(401);
      refused(site.send(VOTES, stranger, vote), GROUPS);
      refused(site.send(VOTES, neighbour, vote), DISTRICT);
      refused(site.send(VOTES, half, vote), GROUPS);
      assertThat(operations).as("only the election was read").containsOnly("Query");
      assertThat(List.of(regions.here.rows("voting"), regions.there.rows("voting")))
          .isEqualTo(rows);
      HttpResponse<String> receipt = site.send(VOTES, citizen, vote);
      assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(201);
      assertThat(site.send(VOTES, citizen, vote).statusCode()).isEqualTo(200);
      operations.clear();
      refused(site.send(VOTES, half, vote), GROUPS);
      assertThat(operations)
          .as("only the election is read, also for who has voted and lost a claim")
          .isSubsetOf("Query");
      assertThat(site.send("/elections/e/proofs", "", receipt.body()).statusCode())
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
    try (MemorySite site = site(clock)) {
      assertThat(site.get("/elections/e").body()).contains(shown);
      String operator = site.issuer.token(MemorySite.OPERATOR);
      HttpResponse<String> status = site.get("/operator/elections/e", MemorySite.OPERATOR);
      assertThat(status.statusCode()).isEqualTo(200);
      assertThat(status.body()).contains(shown);
      refused(site.send(VOTES, operator, OPEN_VOTE), GROUPS);
      HttpResponse<String> closed = site.send("/operator/elections/e/close", operator, "");
      assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
      assertThat(closed.body()).contains("\"version\":2", shown);
    }
  }

  @Test
  void anElectionThatNamesNobodyIsForEveryVoterWithAToken() throws Exception {
    Election election = regions.declare("e", 2, false);
    try (MemorySite site = site(clock)) {
      assertThat(site.get("/elections/e").body()).contains("\"voters\":[]");
      String voter = site.issuer.token(TwoMemories.voterOf(election, 0, 0));
      assertThat(site.send(VOTES, voter, OPEN_VOTE).statusCode()).isEqualTo(201);
      assertThat(site.send(VOTES, "", OPEN_VOTE).statusCode()).isEqualTo(401);
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
    try (MemorySite site = site(InstantSource.system())) {
      assertThat(load(site, DISTRICT + "=south")).contains("Receipts 0 (", "given up 0,");
      assertThat(load(site, DISTRICT + "=south", GROUPS + "=clerks", GROUPS + "=citizens"))
          .contains("Ledger complete")
          .doesNotContain("Receipts 0 (");
      assertThat(load(site, "sub=voter")).contains("each token has its own sub, iss, aud and exp");
    }
  }

  /** Runs a load whose voters' tokens have some claims. */
  private static String load(MemorySite site, String... claims) throws Exception {
    return site.load("e", Stream.of(claims).flatMap(claim -> Stream.of("--claim", claim)).toList());
  }

  private static void refused(HttpResponse<String> answer, String claim) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"message\":\"this election is for other voters: the token has no %s that may vote\"}"
                .formatted(claim));
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

  private MemorySite site(InstantSource now) throws IOException {
    regions.here.beforeEach(operations::add);
    regions.there.beforeEach(operations::add);
    return new MemorySite(regions, directory, now);
  }
}
