package org.ostraka.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 1_000).boxed().toList();

  @Test
  void keepsOnlyWhatRefutesTheClaim() {
    Claim<Integer> claim =
        numbers -> {
          if (numbers.containsAll(List.of(3, 500, 999))) {
            throw new IllegalStateException("these three");
          }
        };

    assertThat(Shrinker.shrink(claim, NUMBERS)).containsExactly(3, 500, 999);
  }

  @Test
  void shrinksToNothingWhatIsNeverTrue() {
    Claim<Integer> claim = numbers -> assertThat(numbers).isNull();

    assertThat(Shrinker.shrink(claim, NUMBERS)).isEmpty();
  }

  @Test
  void keepsTheOrder() {
    Claim<Integer> claim =
        numbers -> {
          int seven = numbers.indexOf(7);
          assertThat(seven >= 0 && numbers.lastIndexOf(8) > seven).isFalse();
        };

    assertThat(Shrinker.shrink(claim, NUMBERS)).containsExactly(7, 8);
  }

  @Test
  void refusesAListThatDoesNotRefute() {
    assertThatThrownBy(() -> Shrinker.shrink(_ -> {}, NUMBERS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesUpAfterSoManyRuns() {
    int[] runs = {0};
    Claim<Integer> stubborn =
        numbers -> {
          runs[0]++;
          assertThat(numbers).hasSizeLessThan(990);
        };

    assertThat(Shrinker.shrink(stubborn, NUMBERS)).hasSizeBetween(990, 1_000);
    assertThat(runs[0]).isLessThan(2_100);
  }
}
