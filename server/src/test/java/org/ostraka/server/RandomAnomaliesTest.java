package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.operation.Passage;
import org.ostraka.server.config.RegionFaults;

/** How often the faults happen that an operator asks for. */
final class RandomAnomaliesTest {
  @Test
  void nothingHappensUnasked() {
    assertThat(RandomAnomalies.of(0, RegionFaults.NONE, new SplittableRandom(1)))
        .isSameAs(Anomalies.NONE);
    assertThat(passages(0.1, RegionFaults.NONE)).containsOnly(Passage.CLEAR);
  }

  @Test
  void faultsBetweenRegionsMakeNoConflictsOfTransactions() {
    RegionFaults faults = new RegionFaults(Duration.ofMillis(1), 0, 0, 0, 0, Duration.ZERO);
    assertThat(RandomAnomalies.of(0, faults, new SplittableRandom(1)).transactionsConflict())
        .isFalse();
  }

  @Test
  void faultsHappenAsOftenAsTheirRates() {
    List<Passage> passages =
        passages(0, new RegionFaults(Duration.ofMillis(40), 0.4, 0.1, 0.3, 0.05, Duration.ZERO));
    assertThat(passages).allMatch(each -> each.delay().compareTo(Duration.ofMillis(40)) < 0);
    assertThat(passages.stream().mapToLong(each -> each.delay().toMillis()).average().orElse(0))
        .isBetween(18.0, 22.0);
    assertShare(passages.stream().filter(each -> each.fate() == Passage.Fate.LOST), 0.2);
    assertShare(passages.stream().filter(each -> each.fate() == Passage.Fate.UNANSWERED), 0.2);
    assertShare(passages.stream().filter(Passage::twice), 0.1);
    assertShare(passages.stream().filter(Passage::reordered), 0.3);
    assertShare(passages.stream().filter(each -> each.cut().equals(RegionFaults.CUT)), 0.05);
  }

  @Test
  void aRateBeyondOneIsRefused() {
    assertThatThrownBy(() -> new RegionFaults(Duration.ZERO, 0, 1.5, 0, 0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertShare(Stream<Passage> some, double share) {
    assertThat(some.count() / 10_000.0).isBetween(share - 0.02, share + 0.02);
  }

  private static List<Passage> passages(double conflictRate, RegionFaults faults) {
    Anomalies anomalies = RandomAnomalies.of(conflictRate, faults, new SplittableRandom(1));
    return Stream.generate(anomalies::passage).limit(10_000).toList();
  }
}
