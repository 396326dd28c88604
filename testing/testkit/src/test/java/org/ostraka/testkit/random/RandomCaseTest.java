package org.ostraka.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

final class RandomCaseTest {
  private static final Generator<List<Integer>> LISTS =
      ((Generator<Integer>) random -> random.nextInt(100)).listsOfUpTo(50);

  @Test
  void namesTheCommandThatRepeatsIt(TestInfo test) {
    assertThat(RandomCase.of(test).command())
        .startsWith(
            "mvn -pl testing/testkit -am test -Dtest='RandomCaseTest#namesTheCommandThatRepeatsIt'")
        .containsPattern("-Dostraka.seed=-?[0-9]+$");
  }

  @Test
  void branchGrowsTheSameEachTime(TestInfo test) {
    RandomCase random = RandomCase.of(test);

    assertThat(random.branch(3).nextLong()).isEqualTo(random.branch(3).nextLong());
    assertThat(random.branch(3).nextLong()).isNotEqualTo(random.branch(4).nextLong());
  }

  @Test
  void acceptsAClaimThatIsTrue(TestInfo test) {
    RandomCase random = RandomCase.of(test);

    assertThatCode(() -> random.verify(numbers -> assertThat(numbers).isNotEmpty(), LISTS, 100))
        .doesNotThrowAnyException();
  }

  @Test
  void printsTheShortestListAndTheCommandWhenAClaimIsNotTrue(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    Claim<Integer> allSmall = numbers -> assertThat(numbers).allMatch(number -> number < 50);

    assertThatThrownBy(() -> random.verify(allSmall, LISTS, 100))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s).*after these operations:\n  [5-9][0-9]\nrepeat with: mvn .*")
        .hasMessageEndingWith(random.command());
  }
}
