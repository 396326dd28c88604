package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Declarations that are interrupted or too large, and two with one id. */
final class ElectionsTest {
  private static final int SHARDS = 4;
  private static final List<String> REGIONS = List.of(HERE, THERE);

  private final TwoMemories regions = new TwoMemories();
  private final Elections elections = new Elections(regions.table());

  @Test
  void ofTwoDeclarationsAtTheSameTimeOneMakesAllLeases() {
    beforePut(
        3,
        () ->
            assertThatThrownBy(() -> elections.declare(election(SHARDS), OPENS, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another declaration of e"));
    assertThat(elections.declare(election(SHARDS), OPENS, false)).isTrue();
    assertThat(leases()).hasSize(SHARDS).allMatch(lease -> lease.until().isEmpty());
  }

  /** Each names its own region first, and has not heard of what the other one does there. */
  @Test
  void ofTwoOperatorsInTwoRegionsOneDeclares() {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    clients.put(THERE, regions.there);
    clients.put(HERE, regions.here);
    Elections elsewhere = new Elections(new VoteTable("voting", clients));
    assertThat(elsewhere.declare(election(SHARDS, THERE, HERE), OPENS)).isTrue();
    assertThatThrownBy(() -> elections.declare(election(SHARDS), OPENS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(regions.here.row("voting", Keys.lease("e", 0))).isEmpty();
  }

  @Test
  void anInterruptedDeclarationIsRepeatedAsItWas() {
    beforePut(
        3,
        () -> {
          throw SdkClientException.create("it is interrupted");
        });
    assertThatThrownBy(() -> elections.declare(election(SHARDS), OPENS, true))
        .isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> elections.declare(election(2), OPENS, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(elections.find("e")).isEmpty();
    assertThat(elections.declare(election(SHARDS), OPENS, true)).isTrue();
    assertThat(leases()).hasSize(SHARDS).allMatch(lease -> lease.until().isPresent());
  }

  @Test
  void anElectionThatIsThereIsNotDeclaredAgain() {
    assertThat(elections.declare(election(SHARDS), OPENS)).isTrue();
    assertThat(elections.declare(election(SHARDS), OPENS)).isFalse();
    assertThat(elections.declare(election(2), OPENS, true)).isFalse();
    assertThat(leases()).hasSize(SHARDS).allMatch(lease -> lease.until().isEmpty());
  }

  @Test
  void anElectionThatIsTooLargeForItsRowIsRefusedBeforeAnythingIsWritten() {
    for (Election tooLarge :
        List.of(LargeElections.tooLarge(REGIONS), LargeElections.withTooManyClaims(REGIONS))) {
      assertThatThrownBy(() -> elections.declare(tooLarge, OPENS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the names of candidates and the claims of voters are too long together: the"
                  + " election would have a row of %d bytes, and may have 393216"
                      .formatted(Elections.bytes(tooLarge)));
    }
    assertThat(regions.here.rows("voting")).isEmpty();
    assertThat(regions.there.rows("voting")).isEmpty();
    assertThat(Elections.bytes(LargeElections.tooLarge(REGIONS))).isEqualTo(393_217);
  }

  @Test
  void allRowsOfTheLargestElectionAreRows() {
    Election largest = LargeElections.largest(REGIONS);
    assertThat(elections.declare(largest, OPENS)).isTrue();
    assertThat(elections.add(largest.certified(), "r".repeat(16_000), OPENS)).isTrue();
    assertThatThrownBy(
            () -> elections.add(largest.certified().certified(), "r".repeat(17_000), OPENS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the reason is too long for the row of a version, by ");
    assertThat(regions.here.rows("voting"))
        .as("two leases, the declaration, its place in the list, two versions")
        .hasSize(6)
        .allMatch(row -> RowSize.bytes(row) <= RowSize.MAX_BYTES);
    assertThat(elections.find("large")).contains(largest.certified());
  }

  @Test
  void aTallyOfTheLargestElectionIsARow() {
    Election largest = LargeElections.largest(List.of("r".repeat(255)));
    Map<String, AttributeValue> tally = new HashMap<>();
    tally.put("PK", Attributes.of("TALLY#" + "e".repeat(64) + "#" + "r".repeat(255) + "#15"));
    tally.put("SK", Attributes.of("MINUTE#2026-11-01T08:00:00Z"));
    largest
        .candidates()
        .forEach(candidate -> tally.put("votes:" + candidate, Attributes.of(Long.MAX_VALUE)));
    assertThat(RowSize.bytes(tally)).isBetween(400_000, RowSize.MAX_BYTES);
  }

  /** Does something before the put with this number, once. */
  private void beforePut(int number, Runnable work) {
    AtomicInteger puts = new AtomicInteger();
    regions.here.beforeEach(operation -> {
      if (operation.equals("PutItem") && puts.incrementAndGet() == number) {
        work.run();
      }
    });
  }

  private List<Lease> leases() {
    return IntStream.range(0, SHARDS)
        .mapToObj(shard -> Lease.of(regions.here.row("voting", Keys.lease("e", shard))))
        .toList();
  }

  private static Election election(int shards) {
    return election(shards, HERE, THERE);
  }

  private static Election election(int shards, String... inRegions) {
    return new Election(
        "e", List.of("a", "b"), OPENS, CLOSES, new Sharding(shards), List.of(inRegions));
  }
}
