package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.CLOSED;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.THIRD;
import static org.ostraka.voting.count.AdoptionSite.LEFT;
import static org.ostraka.voting.count.AdoptionSite.LOST;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.Recount;

/** A lost region comes back after its count was taken over and what was left of it was counted. */
final class AdoptionReturnTest {
  private final AdoptionSite site = new AdoptionSite(false, false);

  @BeforeEach
  void adopt() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, LEFT);
    site.cast(1, "a");
    site.cast(2, "b");
    site.replicate(BALLOTS, LEFT);
    site.lose();
    assertThat(site.adopt().votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L, "b", 1L)));
    assertThat(site.findings()).isEmpty();
    site.regions.in(LOST).beforeEach(_ -> {});
  }

  @Test
  void votesThatItCountsWithoutHearingOfItAreNamedByTheAudit() {
    // Replication has brought the log, and not that it was taken over.
    site.regions.copy(
        COUNTS, FIRST, LOST, row -> !row.get("PK").s().startsWith(Takeover.partition(LOST)));
    site.count(LOST);
    assertThat(logged()).isEqualTo(5);
    site.regions.copy(COUNTS, LOST, FIRST, _ -> true);
    site.regions.copy(COUNTS, LOST, THIRD, _ -> true);
    assertThat(whole().findings())
        .contains(
            new Finding(Finding.Kind.DOUBLED, "ballot of " + site.voter(1) + " was counted twice"),
            new Finding(Finding.Kind.DOUBLED, "ballot of " + site.voter(2) + " was counted twice"));
  }

  @Test
  void talliesThatItWroteMeanwhileAreNamedByTheAudit() {
    // It has heard of nothing, and its rows are later ones than those of the adoption.
    site.count(LOST);
    site.regions.copy(COUNTS, LOST, FIRST, _ -> true);
    site.regions.copy(COUNTS, FIRST, LOST, _ -> true);
    site.regions.copy(COUNTS, FIRST, THIRD, _ -> true);
    assertThat(whole().findings())
        .extracting(Finding::text)
        .contains(
            "the tallies by region are {eu-west-1={a=4, b=2}}, the audit logs say"
                + " {eu-west-1={a=2, b=1}}");
  }

  @Test
  void ballotsThatItBringsBackAreAdoptedToo() {
    site.cast(3, "b");
    replicateTakeover();
    site.count(LOST);
    site.replicate(BALLOTS, LEFT);
    Adoption again =
        new Adoption(site.regions.table(LEFT), site.election, Set.of(LOST), site.key, () -> CLOSED);
    assertThat(again.run().votes()).isEqualTo(Map.of(LOST, Map.of("b", 1L)));
    site.regions.copy(COUNTS, FIRST, LOST, row -> row.get("PK").s().contains(LOST));
    assertThat(whole().findings()).isEmpty();
    assertThat(whole().remarks())
        .anyMatch(it -> it.startsWith("The count of eu-west-1 was taken over in eu-central-1"));
  }

  private void replicateTakeover() {
    site.regions.copy(
        COUNTS, FIRST, LOST, row -> row.get("PK").s().equals(Takeover.partition(LOST)));
  }

  /** Returns how many records the lost region has in its own log. */
  private int logged() {
    return new AuditLogs(site.regions.table().counts(), LOST)
        .read(new LogId("e", AdoptionSite.SHARD, LOST))
        .entries()
        .size();
  }

  private Recount whole() {
    return new Auditor(site.regions.table(), site.election, site.key.publicKey()).audit();
  }
}
