package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Sharding;

/** What the HTTP interface answers to votes of a secret election. */
@Timeout(60)
final class SecretAnswersTest {
  private static final String NUMBER = "0123456789abcdef0123456789abcdef";

  private final InstantSource whileOpen =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), OPENS.plusSeconds(60)));
  private final TwoMemories regions = new TwoMemories();

  @TempDir private Path directory;

  @Test
  void eachAnswerSaysWhatBecameOfTheVote() throws Exception {
    Election election = declare();
    // The number is looked for in the region of the voter.
    String one = TwoMemories.voterOf(election, 0, 0);
    String two = TwoMemories.voterOf(election, 0, 1);
    String three = TwoMemories.voterOf(election, 0, 2);
    try (MemorySite site = new MemorySite(regions, directory, whileOpen)) {
      Voters voters = new Voters(site);
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
  private record Voters(MemorySite site) {
    private HttpResponse<String> vote(String voter, String candidate, String ballot)
        throws Exception {
      return site.post(
          "/elections/e/votes",
          voter,
          "{\"candidate\":\"%s\",\"ballot\":%s}".formatted(candidate, ballot));
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
}
