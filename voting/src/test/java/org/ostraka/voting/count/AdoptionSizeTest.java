package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.OPEN;
import static org.ostraka.voting.count.AdoptionSite.LEFT;
import static org.ostraka.voting.count.AdoptionSite.LOST;
import static org.ostraka.voting.count.AdoptionSite.SHARD;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;

/** Many ballots are adopted in rows and transactions that the database takes. */
final class AdoptionSizeTest {
  private static final LogId LOG = new LogId("e", SHARD, LOST);

  private final AdoptionSite site = new AdoptionSite(false, false);

  @Test
  void aRowOfTheLogHasAsManyRecordsAsThoseOfCounters() {
    adopt(voters(Batch.MAX_ENTRIES_OF_A_LOG + 1, ""), Duration.ZERO);
    assertThat(segments())
        .extracting(segment -> segment.entries().size())
        .containsExactly(Batch.MAX_ENTRIES_OF_A_LOG, 1);
  }

  @Test
  void aRowOfTheLogHasAsManyBytesAsThoseOfCounters() {
    // The sort key of a ballot has at most 1,024 bytes.
    List<String> voters = voters(350, "-" + "x".repeat(900));
    adopt(voters, Duration.ZERO);
    List<Segment> segments = segments();
    assertThat(segments).hasSize(2).allMatch(it -> bytes(it) <= Batch.MAX_BYTES_OF_A_LOG);
    int next = segments.getLast().entries().getFirst().text().length();
    assertThat(bytes(segments.getFirst()) + next)
        .as("no more fit")
        .isGreaterThan(Batch.MAX_BYTES_OF_A_LOG);
  }

  @Test
  void talliesOfManyMinutesTakeSeveralTransactions() {
    adopt(voters(60, ""), Duration.ofMinutes(1));
    assertThat(site.audit().tallied()).isEqualTo(Map.of("a", 60L));
  }

  /** Lets voters vote one after the other, and adopts their ballots. */
  private void adopt(List<String> voters, Duration between) {
    for (int voter = 0; voter < voters.size(); voter++) {
      site.cast(List.of(LOST), OPEN.plus(between.multipliedBy(voter)), voters.get(voter), "a");
    }
    site.replicate(BALLOTS, LEFT);
    assertThat(site.adoptedWhenLost().votes())
        .isEqualTo(Map.of(LOST, Map.of("a", (long) voters.size())));
    assertThat(site.findings()).isEmpty();
  }

  private List<String> voters(int many, String end) {
    return IntStream.range(0, 100_000)
        .mapToObj(number -> number + end)
        .filter(voter -> site.election.shardOf(voter) == SHARD)
        .limit(many)
        .toList();
  }

  private List<Segment> segments() {
    return site.regions.in(FIRST).rows(COUNTS).stream()
        .filter(row -> Attributes.text(row, Keys.PARTITION).equals(LOG.partition()))
        .map(row -> Segment.of(LOG, row))
        .toList();
  }

  private static int bytes(Segment segment) {
    return segment.entries().stream().mapToInt(it -> it.text().length()).sum();
  }
}
