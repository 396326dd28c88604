package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.MemoryRegion;
import org.ostraka.voting.TwoMemories;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Leases and terms, with a region that is away or comes back with what it knew. */
final class LeasesTest {
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();

  @Test
  void aRegionThatComesBackWithAStaleLeaseIsNotBelieved() {
    Election election = regions.declare("e", 2, true);
    moveShardZero(election);
    // The first region's own copy still names itself, with a term.
    assertThat(Lease.of(regions.here.row("voting", Keys.lease("e", 0))).region()).isEqualTo(HERE);
    Leases leases = new Leases(table);
    Lease current = leases.current(election, 0);
    assertThat(current.region()).isEqualTo(THERE);
    assertThat(current.epoch()).isEqualTo(2);
    assertThat(leases.seal(election)).isEqualTo(2);
    assertThat(Lease.of(regions.there.row("voting", Keys.lease("e", 0))).isSealed()).isTrue();
    assertThat(Lease.of(regions.here.row("voting", Keys.lease("e", 0))).isSealed())
        .as("the stale lease is not sealed: nobody accepts votes under it")
        .isFalse();
  }

  @Test
  void aLeaseWithTermsIsNotToldWhileARegionIsAwayThatMayHaveTakenIt() {
    Election election = regions.declare("e", 2, true);
    Leases leases = new Leases(table);
    regions.there.goAway();
    assertThatThrownBy(() -> leases.current(election, 0)).isInstanceOf(SdkException.class);
  }

  @Test
  void aLeaseWithTermsIsNotToldWithoutAnEndpointForARegionThatMayHaveTakenIt() {
    Election election = regions.declare("e", 2, true);
    VoteTable there = new VoteTable("voting", Map.of(THERE, regions.there));
    assertThatThrownBy(() -> new Leases(there).current(election, 1))
        .hasMessage("no endpoint for region " + HERE);
    assertThat(new Leases(there, Set.of(HERE)).current(election, 1).region()).isEqualTo(THERE);
  }

  @Test
  void aLeaseWithoutTermsNeedsOnlyTheRegionThatHasIt() {
    Election election = regions.declare("e", 2, false);
    regions.there.goAway();
    assertThat(new Leases(table).current(election, 0).region()).isEqualTo(HERE);
  }

  @Test
  void aRegionThatIsAwayKeepsNoShardOfAnotherFromBeingSealed() {
    Election election = regions.declare("e", 6, false);
    Leases leases = new Leases(table);
    AtomicInteger asked = new AtomicInteger();
    regions.there.beforeEach(_ -> {
      asked.incrementAndGet();
      throw SdkClientException.create("nobody listens");
    });
    assertThatThrownBy(() -> leases.seal(election))
        .hasMessage(
            "sealed 3 shards now; 3 of 6 cannot be sealed, the first is shard 1: nobody listens");
    assertThat(asked).as("an answer that does not come is waited for once").hasValue(1);
    for (int shard = 0; shard < 6; shard += 2) {
      assertThat(isSealed(regions.here, shard)).isTrue();
    }
    regions.there.beforeEach(_ -> {});
    assertThat(leases.seal(election)).isEqualTo(3);
    assertThat(isSealed(regions.there, 5)).isTrue();
  }

  @Test
  void aShardWhoseLeaseIsMissingKeepsNoOtherFromBeingSealed() {
    Election election = regions.declare("e", 4, false);
    Map<String, AttributeValue> key = Keys.lease("e", 0);
    var _ = regions.here.deleteItem(it -> it.tableName("voting").key(key));
    assertThatThrownBy(() -> new Leases(table).seal(election))
        .hasMessage(
            "sealed 3 shards now; 1 of 4 cannot be sealed, the first is shard 0: shard 0 has no"
                + " lease in "
                + HERE);
    assertThat(isSealed(regions.here, 2)).isTrue();
  }

  @Test
  void aRegionThatIsGivenUpIsNotAsked() {
    Election election = regions.declare("e", 2, true);
    Leases leases = new Leases(fromThere(), Set.of(HERE));
    moveShardZero(election);
    regions.here.goAway();
    assertThatThrownBy(() -> new Leases(fromThere()).seal(election))
        .hasMessageContaining("2 of 2 cannot be sealed");
    assertThat(leases.seal(election)).isEqualTo(2);
    assertThat(isSealed(regions.there, 0)).isTrue();
    assertThat(isSealed(regions.there, 1)).isTrue();
  }

  @Test
  void aLeaseOfARegionThatIsGivenUpIsNotSealedBeforeItIsMoved() {
    Election election = regions.declare("e", 2, true);
    regions.here.goAway();
    assertThatThrownBy(() -> new Leases(fromThere(), Set.of(HERE)).seal(election))
        .hasMessage(
            "sealed 1 shards now; 1 of 2 cannot be sealed, the first is shard 0: its lease is in "
                + HERE
                + ", which is given up");
  }

  /** Returns the table as a client of the second region sees it. */
  private VoteTable fromThere() {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    clients.put(THERE, regions.there);
    clients.put(HERE, regions.here);
    return new VoteTable("voting", clients);
  }

  private static boolean isSealed(MemoryRegion region, int shard) {
    return Lease.of(region.row("voting", Keys.lease("e", shard))).isSealed();
  }

  @Test
  void whatWasGrantedNeverGetsShorter() {
    Election election = regions.declare("e", 2, true);
    Terms terms = terms(OPENS);
    Instant end = OPENS.plusSeconds(30);
    assertThat(terms.renew(election, 0, HERE, end, Set.of())).isTrue();
    assertThat(granted()).isEqualTo(end);
    assertThat(terms.renew(election, 0, HERE, end.minusSeconds(1), Set.of())).isFalse();
    assertThat(granted()).isEqualTo(end);
    assertThat(terms.renew(election, 0, HERE, end.plusSeconds(1), Set.of())).isTrue();
    assertThat(granted()).isEqualTo(end.plusSeconds(1));
  }

  @Test
  void aRegionThatTookTheShardGrantsNothingToTheOneThatHadIt() {
    Election election = regions.declare("e", 2, true);
    moveShardZero(election);
    assertThat(terms(OPENS).renew(election, 0, HERE, OPENS.plusSeconds(900), Set.of())).isFalse();
    assertThat(Lease.of(regions.here.row("voting", Keys.lease("e", 0))).until())
        .contains(OPENS.plusSeconds(30));
  }

  @Test
  void aShardIsTakenFromTheRegionThatHasItAndNotAfterItsSeal() {
    Election election = regions.declare("e", 2, true);
    Instant end = OPENS.plusSeconds(30);
    assertThat(terms(OPENS).renew(election, 1, THERE, end, Set.of())).isTrue();
    Terms later = terms(end.plusSeconds(61));
    assertThat(later.move(election, 1, HERE, THERE, MARGIN)).isEqualTo(Terms.Move.NOT_THERE);
    Map<String, AttributeValue> key = Keys.lease("e", 0);
    Map<String, AttributeValue> sealed = new LinkedHashMap<>(regions.here.row("voting", key));
    sealed.put(Lease.UNTIL, Attributes.of(end.toEpochMilli()));
    sealed.put(Lease.SEALED, AttributeValue.fromBool(true));
    regions.there.write("voting", sealed);
    assertThat(later.move(election, 0, HERE, THERE, MARGIN)).isEqualTo(Terms.Move.NOT_THERE);
    assertThat(regions.there.row("voting", key)).isEqualTo(sealed);
  }

  @Test
  void twoWhoSealAtOnceSealEachShardOnce() {
    Election election = regions.declare("e", 2, false);
    Leases leases = new Leases(table);
    AtomicInteger ofTheOther = new AtomicInteger();
    regions.here.beforeEach(operation -> {
      if (operation.equals("UpdateItem")) {
        regions.here.beforeEach(_ -> {});
        ofTheOther.set(leases.seal(election));
      }
    });
    assertThat(leases.seal(election)).isZero();
    assertThat(ofTheOther).hasValue(2);
  }

  @Test
  void aShardIsNotTakenBeforeTheLastGrantedEndAndTheMarginAreOver() {
    Election election = regions.declare("e", 2, true);
    Instant end = OPENS.plusSeconds(30);
    assertThat(terms(OPENS).renew(election, 0, HERE, end, Set.of())).isTrue();
    // The lease with its new end has not come to the other region; its own grant is there.
    assertThat(terms(end.plus(MARGIN)).move(election, 0, HERE, THERE, MARGIN))
        .isEqualTo(Terms.Move.NOT_YET);
    assertThat(terms(end.plus(MARGIN).plusMillis(1)).move(election, 0, HERE, THERE, MARGIN))
        .isEqualTo(Terms.Move.MOVED);
  }

  private void moveShardZero(Election election) {
    Instant end = OPENS.plusSeconds(30);
    assertThat(terms(OPENS).renew(election, 0, HERE, end, Set.of())).isTrue();
    assertThat(terms(end.plusSeconds(61)).move(election, 0, HERE, THERE, MARGIN))
        .isEqualTo(Terms.Move.MOVED);
  }

  private Instant granted() {
    var row = regions.there.row("voting", Keys.grant("e", 0, THERE));
    return Instant.ofEpochMilli(Attributes.number(row, Lease.UNTIL));
  }

  private Terms terms(Instant now) {
    return new Terms(table, InstantSource.fixed(now));
  }
}
