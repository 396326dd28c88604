package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardingTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 20_000, 250_000, 500_000})
  void noShardExceedsAPartitionInTheBusiestSecond(int votes) {
    Sharding sharding = Sharding.forPeak(votes);
    int[] units = new int[sharding.shards()];
    for (int voter = 0; voter < votes; voter++) {
      units[sharding.shardOf("e", "voter-" + voter)] += Sharding.UNITS_PER_VOTE;
    }
    for (int used : units) {
      assertThat(used).isLessThanOrEqualTo(Sharding.PARTITION_WRITES_PER_SECOND);
    }
  }

  /** m + 6 sqrt(m) = 1,000 / 4 gives m = 171.4 votes a second for each shard. */
  @Test
  void halfAMillionVotesASecondNeedAFewThousandShards() {
    assertThat(Sharding.forPeak(500_000).shards()).isEqualTo(2_917);
    assertThat(Sharding.forPeak(250_000).shards()).isEqualTo(1_459);
    assertThat(Sharding.forPeak(500_000, true).shards()).isEqualTo(6_799);
    assertThat(Sharding.forPeak(250_000, true).shards()).isEqualTo(3_400);
  }

  /** 171.4 votes a second for each shard of an open election, 73.5 for one of a secret election. */
  @Test
  void anElectionHasAtMostTenThousandShards() {
    assertThat(Sharding.forPeak(1_714_000).shards()).isEqualTo(9_998);
    assertThatThrownBy(() -> Sharding.forPeak(1_715_000))
        .hasMessage("an election has 1 to 10000 shards, not 10004");
    assertThat(Sharding.forPeak(735_000, true).shards()).isEqualTo(9_994);
    assertThatThrownBy(() -> Sharding.forPeak(736_000, true))
        .hasMessageStartingWith("an election has 1 to 10000 shards");
  }
}
