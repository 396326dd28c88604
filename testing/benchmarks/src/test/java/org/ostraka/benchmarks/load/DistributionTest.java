package org.ostraka.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DistributionTest {
  private static final int DRAWS = 200_000;

  private final SplittableRandom random = new SplittableRandom(42);

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void drawsOnlyKeysThatThereAre(Distribution distribution) {
    for (int keys : new int[] {1, 2, 3, 1000}) {
      assertThat(Arrays.stream(draws(distribution, keys))).allMatch(key -> key >= 0 && key < keys);
    }
  }

  @Test
  void uniformKeysAreEquallyLikely() {
    long[] counts = counts(draws(Distribution.UNIFORM, 100), 100);
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 2000) < 300);
  }

  @Test
  void hotIsOneKey() {
    assertThat(Arrays.stream(draws(Distribution.HOT, 1000)).distinct().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100, 10_000})
  void zipfianRanksFallAsTheirDefinitionSays(int ranks) {
    Zipfian zipfian = new Zipfian(ranks);
    long[] counts = new long[ranks];
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) zipfian.next(random)]++;
    }
    double first = zipfian.chanceOfFirst() * DRAWS;
    assertThat((double) counts[0]).isCloseTo(first, within(first * 0.03));
    double second = first / Math.pow(2, Zipfian.THETA);
    assertThat((double) counts[1]).isCloseTo(second, within(second * 0.03));
    assertThat(counts[2]).isLessThan(counts[1]);
  }

  @Test
  void zipfianKeysAreScattered() {
    long[] counts = counts(draws(Distribution.ZIPFIAN, 1000), 1000);
    long[] sorted = Arrays.stream(counts).sorted().toArray();
    long hottest = sorted[999];
    assertThat(hottest).isGreaterThan(20 * sorted[500]);
    // If ranks were not scattered, the ten hottest keys would be the first ten.
    assertThat(Arrays.stream(counts, 0, 10).filter(count -> count >= sorted[990]).count())
        .isLessThan(5);
  }

  @Test
  void latestFollowsWhatIsInserted() {
    KeySpace space = new KeySpace(1000);
    Distribution.Picker picker = Distribution.LATEST.picker(space);
    for (int i = 0; i < 5000; i++) {
      space.fresh();
    }
    long[] draws = new long[DRAWS];
    Arrays.setAll(draws, _ -> picker.next(random));
    assertThat(Arrays.stream(draws)).allMatch(key -> key >= 5000 && key < 6000);
    assertThat(Arrays.stream(draws).filter(key -> key == 5999).count()).isGreaterThan(DRAWS / 10);
  }

  @Test
  void freshKeysNeverComeTwice() {
    KeySpace space = new KeySpace(10);
    assertThat(space.fresh()).isEqualTo(10);
    assertThat(space.fresh()).isEqualTo(11);
    assertThat(space.newest()).isEqualTo(11);
    assertThat(space.keys()).isEqualTo(10);
  }

  @Test
  void anEmptySpaceIsRefused() {
    assertThatThrownBy(() -> new KeySpace(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Zipfian(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private long[] draws(Distribution distribution, int keys) {
    Distribution.Picker picker = distribution.picker(new KeySpace(keys));
    long[] draws = new long[DRAWS];
    Arrays.setAll(draws, _ -> picker.next(random));
    return draws;
  }

  private static long[] counts(long[] draws, int keys) {
    long[] counts = new long[keys];
    for (long draw : draws) {
      counts[(int) draw]++;
    }
    return counts;
  }
}
