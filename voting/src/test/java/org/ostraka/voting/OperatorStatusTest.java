package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Sharding;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an operator sees of a secret election whose rows somebody has forged. */
@Timeout(60)
final class OperatorStatusTest {
  private final TwoMemories regions = new TwoMemories();

  @TempDir private Path directory;

  @Test
  void recordsThatAreNotPublishedAndRowsThatWerePassedOverAreSeen() throws Exception {
    Election election =
        new Election("e", List.of("a", "b"), OPENS, CLOSES, new Sharding(2), List.of(HERE, THERE))
            .secret();
    boolean _ = new Elections(regions.table()).declare(election, OPENS);
    tally("MINUTE#" + OPENS, Map.of("votes:a", 3L, "votes:b", 2L));
    tally("SHARDS", Map.of("VOTED", 5L, "FORGED", 1L, "CHANGED", 1L, "SEALED", 1L, "other", 9L));
    try (MemorySite site =
        new MemorySite(regions, directory, InstantSource.fixed(OPENS.plusSeconds(1)))) {
      // Four of five ballots are published, with the rows of five voters.
      for (int voter = 0; voter < 5; voter++) {
        site.append(election, 0, new Entry(Entry.Kind.VOTED, "v" + voter, "", "", "1"));
      }
      for (int ballot = 0; ballot < 4; ballot++) {
        site.append(
            election, 0, new Entry(Entry.Kind.CAST, "n" + ballot, "a", OPENS.toString(), "1"));
      }
      site.publish(election);
      String status = site.get("/operator/elections/e", MemorySite.OPERATOR).body();
      Map<String, Object> json = JSONObjectUtils.parse(status);
      assertThat(json)
          .containsEntry("counted", 5L)
          .containsEntry("records", 13L)
          .containsEntry("changedBallots", 1L)
          .containsEntry("sealedShards", 1L)
          .containsEntry("forgedRows", 1L)
          .containsEntry("unreadableTallies", 1L);
      assertThat(status).contains("\"entries\":9");
    }
  }

  private void tally(String sort, Map<String, Long> numbers) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("PK", Attributes.of("TALLY#e#" + HERE + "#0"));
    row.put("SK", Attributes.of(sort));
    numbers.forEach((name, number) -> row.put(name, Attributes.of(number)));
    regions.here.write("voting-count", row);
  }
}
