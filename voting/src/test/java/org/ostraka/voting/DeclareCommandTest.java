package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code voting declare} refuses before it asks a database. */
@Timeout(60)
final class DeclareCommandTest {
  @Test
  void anElectionThatIsTooLargeForARowMakesNoTable() {
    List<String> declare = new ArrayList<>(List.of("declare", "--election", "e"));
    // Nobody listens there.
    declare.addAll(List.of("--region", "eu-central-1=http://127.0.0.1:1"));
    declare.addAll(List.of("--opens", "2026-11-01T08:00:00Z", "--closes", "2026-11-01T18:00:00Z"));
    for (int candidate = 0; candidate < 1_000; candidate++) {
      declare.addAll(List.of("--candidate", candidate + "選".repeat(190)));
    }
    assertThat(Voting.runHere(declare))
        .contains("status 2")
        .contains("the names of candidates and the claims of voters are too long together")
        .contains("and may have 393216");
  }
}
