package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Declarations that are interrupted, and two with one id. */
final class ElectionsTest {
  private static final int SHARDS = 4;

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
