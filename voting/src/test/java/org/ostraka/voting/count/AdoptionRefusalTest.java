package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.CLOSED;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.LATER;
import static org.ostraka.voting.ThreeMemories.OPEN;
import static org.ostraka.voting.ThreeMemories.REGIONS;
import static org.ostraka.voting.ThreeMemories.THIRD;
import static org.ostraka.voting.count.AdoptionSite.LEFT;
import static org.ostraka.voting.count.AdoptionSite.LOST;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** An adoption is refused, and nothing is written, when a ballot could be counted wrongly. */
final class AdoptionRefusalTest {
  private final AdoptionSite site = new AdoptionSite(false, false);

  @Test
  void aRegionThatAnswersIsNotLost() {
    refused(site, site.adoption(CLOSED), "eu-west-1 answers, so it is not lost: its own counters");
    site.regions
        .in(LOST)
        .beforeEach(_ -> {
          throw DynamoDbException.builder().message("not authorized").build();
        });
    refused(site, site.adoption(CLOSED), "eu-west-1 answers");
  }

  @Test
  void aRegionWithoutAnEndpointIsNotAsked() {
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    assertThat(of(site.regions.table(LEFT), site.election, Set.of(LOST)).run().votes())
        .isEqualTo(Map.of(LOST, Map.of("a", 1L)));
  }

  @Test
  void aLeaseWithATermHasToBeMovedFirst() {
    AdoptionSite open = new AdoptionSite(true, false);
    open.lose();
    refused(
        open,
        open.adoption(CLOSED),
        "shard 1 has its lease in eu-west-1, which may still accept votes: move it (voting move"
            + " --from eu-west-1)");
    open.regions.move(open.election, LOST, THIRD);
    assertThat(open.adoption(LATER).run().refusals()).isEmpty();
  }

  @Test
  void withoutTermsTheElectionHasToBeClosed() {
    site.lose();
    refused(
        site,
        site.adoption(LATER),
        "shard 1 has its lease in eu-west-1, without a term, and votes can be written until"
            + " 2026-11-01T18:00:10Z: close the election");
    refused(
        site,
        site.adoption(CLOSED.minusMillis(1)),
        "shard 1 has its lease in eu-west-1, without a term");
    assertThat(site.adopt().refusals()).isEmpty();
  }

  @Test
  void aSealedLeaseIsAsGoodAsAMovedOne() {
    AdoptionSite open = new AdoptionSite(true, false);
    open.cast(0, "a");
    open.seal(LOST);
    open.replicate(BALLOTS, LEFT);
    open.lose();
    AdoptionReport report = open.adoption(LATER).run();
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    assertThat(report.lines()).contains("Seals added: 1");
  }

  @Test
  void aCertifiedElectionStaysAsItIs() {
    site.lose();
    refused(
        site,
        of(site.regions.table(), site.election.certified(), Set.of(LOST)),
        "the election is certified");
  }

  @Test
  void lostRegionsAreSomeOfTheElection() {
    for (Set<String> without : List.of(Set.<String>of(), Set.of("eu-north-1", LOST))) {
      assertThatThrownBy(() -> of(site.regions.table(), site.election, without))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("name regions of [eu-central-1, eu-west-1, us-east-1] as lost");
    }
    assertThatThrownBy(() -> of(site.regions.table(), site.election, Set.copyOf(REGIONS)))
        .hasMessage("no region is left");
  }

  @Test
  void allRegionsThatAreLeftAreAsked() {
    assertThatThrownBy(
            () -> of(site.regions.table(List.of(FIRST)), site.election, Set.of(LOST)).run())
        .hasMessage("no endpoint for region us-east-1");
    site.lose();
    site.regions.in(THIRD).goAway();
    assertThatThrownBy(site::adopt).isInstanceOf(SdkClientException.class);
    assertThat(site.regions.in(FIRST).rows(COUNTS)).isEmpty();
  }

  @Test
  void anotherKeyIsRefused() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, LEFT);
    site.lose();
    ReceiptKey another = AdoptionSite.newKey();
    refused(
        site,
        new Adoption(site.regions.table(), site.election, Set.of(LOST), another, () -> CLOSED),
        "this key has signed none of the publications of roots");
  }

  @Test
  void aKeyThatHasSignedSomeOfThePublicationsIsTheRightOne() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, LEFT);
    String neighbour = TwoMemories.voterOf(site.election, 0, 0);
    site.cast(List.of(FIRST), OPEN, neighbour, "b");
    site.count(FIRST);
    // An intruder publishes for another region.
    site.regions.publish(site.election, FIRST, AdoptionSite.newKey());
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.refusals()).isEmpty();
  }

  @Test
  void publicationsThatDifferAreNamed() {
    site.cast(0, "a");
    site.count(LOST);
    site.replicateCounts("LOG#", THIRD);
    site.cast(1, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicateCounts("ROOTS#", FIRST);
    assertThat(site.regions.publisher(REGIONS, THIRD, site.key).publish(site.election, LOST))
        .isTrue();
    site.lose();
    refused(
        site,
        site.adoption(CLOSED),
        "publication 1 of eu-west-1 for e: it is another one in us-east-1");
  }

  @Test
  void aRowInThePlaceOfAPublicationIsNamed() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicateCounts("ROOTS#", FIRST);
    site.regions
        .in(THIRD)
        .write(
            COUNTS,
            Map.of(
                Keys.PARTITION, Attributes.of(Roots.partition("e", LOST)),
                Keys.SORT, Attributes.of("ROOTS#000000001")));
    site.lose();
    refused(
        site,
        site.adoption(CLOSED),
        "publication 1 of eu-west-1 for e: another row is in its place in us-east-1");
  }

  private Adoption of(VoteTable table, Election election, Set<String> without) {
    return new Adoption(table, election, without, site.key, () -> CLOSED);
  }

  private static void refused(AdoptionSite at, Adoption adoption, String why) {
    assertThatThrownBy(adoption::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(why);
    for (String region : LEFT) {
      assertThat(Takeover.describe(at.regions.table().counts(), region, "e", LOST)).isEmpty();
    }
  }
}
