package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.load.Profile;

/** What {@code voting demo} refuses, and how long its load lasts. */
@Timeout(60)
final class DemoCommandTest {
  @Test
  void anEndpointIsAUrl() {
    for (String endpoint : List.of("localhost:8000", "localhost", "http://a b")) {
      assertThat(Voting.runHere(List.of("demo", "--endpoint", endpoint)))
          .startsWith("status 2\nvoting: no URL: " + endpoint);
    }
  }

  @Test
  void theElectionOfAnotherDemoIsNotTaken() {
    TwoMemories regions = new TwoMemories();
    Election first = election("a", "b");
    DemoCommand.declare(regions.table(), first, OPENS);
    assertThatThrownBy(() -> DemoCommand.declare(regions.table(), election("a", "c"), OPENS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("another demo has declared demo-1 in the same second: start again");
    assertThat(new Elections(regions.table()).find("demo-1")).contains(first);
  }

  @Test
  void theLoadEndsWithTheElection() {
    for (int minutes : new int[] {1, 60}) {
      Profile load = DemoCommand.profile(5, Duration.ofMinutes(minutes));
      assertThat(load.seconds()).isEqualTo(minutes * 60);
      assertThat(load.rate(minutes * 60 - 1)).isPositive();
    }
  }

  private static Election election(String... candidates) {
    return new Election(
        "demo-1", List.of(candidates), OPENS, CLOSES, new Sharding(2), List.of(HERE, THERE));
  }
}
