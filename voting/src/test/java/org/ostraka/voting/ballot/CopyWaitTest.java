package org.ostraka.voting.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CopyWaitTest {
  private final CopyWait wait = new CopyWait();

  @Test
  void itLearnsHowLongCopiesTake() {
    assertThat(wait.first()).isEqualTo(Duration.ofMillis(2));
    assertThat(looks(Duration.ofMillis(80))).as("before it has learnt").isGreaterThan(20);
    for (int vote = 0; vote < 60; vote++) {
      wait.saw(Duration.ofMillis(80));
    }
    assertThat(wait.first()).isBetween(Duration.ofMillis(55), Duration.ofMillis(60));
    assertThat(looks(Duration.ofMillis(80))).isEqualTo(3);
  }

  @Test
  void itLearnsThatTheyComeSooner() {
    for (int vote = 0; vote < 60; vote++) {
      wait.saw(Duration.ofMillis(80));
    }
    for (int vote = 0; vote < 60; vote++) {
      // The first look finds the copy.
      wait.saw(wait.first());
    }
    assertThat(wait.first()).isLessThan(Duration.ofMillis(20));
  }

  @Test
  void aRegionThatIsFarBehindDoesNotMakeItWaitForever() {
    wait.saw(Duration.ofHours(1));
    assertThat(wait.first()).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(wait.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  /** Returns how many looks it takes to see a copy that comes after some time. */
  private int looks(Duration copyAfter) {
    int looks = 1;
    Duration now = wait.first();
    while (now.compareTo(copyAfter) < 0) {
      now = now.plus(wait.next());
      looks++;
    }
    return looks;
  }
}
