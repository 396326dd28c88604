package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.CLOSED;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.OPEN;
import static org.ostraka.voting.ThreeMemories.THIRD;
import static org.ostraka.voting.count.AdoptionSite.LOST;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.audit.Takeovers;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The counters and publishers of a region whose count was taken over. */
final class TakeoverTest {
  private final AdoptionSite site = new AdoptionSite(false, false);

  @BeforeEach
  void takeOver() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.cast(1, "a");
    var _ = Takeover.begin(site.regions.table().counts(), FIRST, "e", LOST, CLOSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, LOST, THIRD})
  void itsCountersFindInAnyRegionThatItWasTakenOver(String told) {
    replicateTakeover(told);
    StreamCount.count(
        site.regions.table(told.equals(LOST) ? List.of(LOST) : List.of(LOST, told)),
        LOST,
        site.regions.in(LOST));
    assertThat(logged("e")).isEqualTo(1);
  }

  @Test
  void countersThatNobodyToldCountOn() {
    site.count(LOST);
    assertThat(logged("e")).isEqualTo(2);
  }

  @Test
  void aRegionThatCannotBeAskedKeepsNobodyFromAskingTheOthers() {
    replicateTakeover(THIRD);
    site.regions.in(FIRST).goAway();
    Takeovers takeovers = new Takeovers(site.regions.table().counts(), LOST, "no more");
    assertThat(takeovers.contains("e")).as("before the first look").isFalse();
    takeovers.look();
    assertThat(takeovers.contains("e")).isTrue();
    assertThat(takeovers.contains("another")).isFalse();
    Takeovers ofAnother = new Takeovers(site.regions.table().counts(), FIRST, "no more");
    ofAnother.look();
    assertThat(ofAnother.contains("e")).isFalse();
  }

  @Test
  void otherElectionsAreCountedOn() {
    replicateTakeover(LOST);
    Map<String, AttributeValue> ballot = new HashMap<>(new Lease(LOST, 1).attributes());
    ballot.put("PK", Attributes.of(Keys.shard("f", AdoptionSite.SHARD)));
    ballot.put("SK", Attributes.of("USER#x"));
    ballot.put("candidate", Attributes.of("a"));
    ballot.put("cast", Attributes.of(OPEN.toString()));
    site.regions.in(LOST).write(BALLOTS, ballot);
    site.count(LOST);
    assertThat(logged("f")).isEqualTo(1);
    assertThat(logged("e")).isEqualTo(1);
  }

  /** A region that comes back has rows of the continued logs before it has that of the takeover. */
  @ParameterizedTest
  @ValueSource(strings = {FIRST, LOST, THIRD})
  void itsPublishersFindInAnyRegionThatItWasTakenOver(String told) {
    // One more record than was published.
    site.count(LOST);
    replicateTakeover(told);
    publish(told.equals(LOST) ? List.of(LOST) : List.of(LOST, told));
    assertThat(publications()).isEqualTo(1);
  }

  @Test
  void publishersThatNobodyToldPublishOn() {
    site.count(LOST);
    publish(List.of(LOST));
    assertThat(publications()).isEqualTo(2);
  }

  private void publish(List<String> regions) {
    site.regions.publisher(regions, LOST, site.key).run();
    assertThat(Thread.interrupted()).isTrue();
  }

  private long publications() {
    return new AuditLogs(site.regions.table().counts(), LOST)
        .publications("e", LOST, _ -> {})
        .count();
  }

  private void replicateTakeover(String to) {
    site.regions.copy(COUNTS, FIRST, to, row -> row.get("PK").s().equals(Takeover.partition(LOST)));
  }

  /** Returns how many records the lost region has in its own log. */
  private int logged(String election) {
    return new AuditLogs(site.regions.table().counts(), LOST)
        .read(new LogId(election, AdoptionSite.SHARD, LOST))
        .entries()
        .size();
  }
}
