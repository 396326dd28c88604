package org.ostraka.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SerializabilityCheckerTest {
  private final List<Recorded<Decided>> history = new ArrayList<>();

  @Test
  void acceptsNothing() {
    assertAccepted();
  }

  @Test
  void acceptsOneDecisionAfterTheOther() {
    decided(1, 2, Map.of("x", 0L, "y", 0L), Map.of("x", 1L, "y", 1L));
    decided(3, 4, Map.of("x", 1L, "y", 1L), Map.of("x", 2L));
    decided(5, 6, Map.of("x", 2L, "y", 1L), Map.of());
    assertAccepted();
  }

  @Test
  void acceptsConcurrentDecisionsInEitherOrder() {
    decided(1, 10, Map.of("x", 0L), Map.of("x", 1L));
    decided(2, 9, Map.of("x", 1L), Map.of("x", 2L));
    decided(3, 8, Map.of("x", 0L), Map.of());
    assertAccepted();
  }

  @Test
  void refusesALostUpdate() {
    decided(1, 3, Map.of("x", 0L), Map.of("x", 1L));
    decided(2, 4, Map.of("x", 0L), Map.of("x", 2L));
    assertRefused("lost update");
  }

  @Test
  void refusesAWriteSkew() {
    decided(1, 3, Map.of("x", 0L, "y", 0L), Map.of("x", 1L));
    decided(2, 4, Map.of("x", 0L, "y", 0L), Map.of("y", 2L));
    assertRefused("rw on");
  }

  @Test
  void refusesADecisionThatIsSeenInPart() {
    decided(1, 4, Map.of("x", 0L, "y", 0L), Map.of("x", 1L, "y", 1L));
    decided(2, 3, Map.of("x", 1L, "y", 0L), Map.of());
    assertRefused("wr on x");
  }

  @Test
  void refusesAReadOfTheFuture() {
    decided(1, 2, Map.of("x", 1L), Map.of());
    decided(3, 4, Map.of("x", 0L), Map.of("x", 1L));
    assertRefused("rt");
  }

  @Test
  void refusesAStaleReadThoughSomeOrderWouldExplainIt() {
    decided(1, 2, Map.of("x", 0L), Map.of("x", 1L));
    decided(3, 4, Map.of("x", 0L), Map.of());
    assertRefused("rt");
  }

  @Test
  void refusesReadersThatSeeTwoWritesInOppositeOrder() {
    decided(1, 9, Map.of("x", 0L), Map.of("x", 1L));
    decided(2, 10, Map.of("y", 0L), Map.of("y", 2L));
    decided(3, 7, Map.of("x", 1L, "y", 0L), Map.of());
    decided(4, 8, Map.of("x", 0L, "y", 2L), Map.of());
    assertRefused("no order");
  }

  @Test
  void refusesAVersionThatNobodyWrote() {
    decided(1, 2, Map.of("x", 5L), Map.of());
    assertRefused("never written");
  }

  @Test
  void acceptsAnUnansweredDecisionThatHappenedOrNot() {
    unknown(1, Map.of("x", 0L), Map.of("x", 1L));
    decided(2, 3, Map.of("x", 0L), Map.of());
    assertAccepted();
    decided(4, 5, Map.of("x", 1L), Map.of());
    assertAccepted();
    decided(6, 7, Map.of("x", 0L), Map.of());
    assertRefused("no order");
  }

  @Test
  void refusesAnUnansweredDecisionOfWhichAPartIsMissing() {
    unknown(1, Map.of("x", 0L, "y", 0L), Map.of("x", 1L, "y", 1L));
    decided(2, 3, Map.of("x", 1L), Map.of());
    decided(4, 5, Map.of("y", 0L), Map.of());
    assertRefused("no order");
  }

  @Test
  void refusesAnUnansweredDecisionThatAnotherOneProves() {
    unknown(1, Map.of("x", 0L), Map.of("x", 1L));
    unknown(2, Map.of("x", 1L, "y", 0L), Map.of("y", 2L));
    decided(3, 4, Map.of("y", 2L), Map.of());
    decided(5, 6, Map.of("x", 0L), Map.of());
    assertRefused("no order");
  }

  @Test
  void wantsUniqueVersions() {
    decided(1, 2, Map.of("x", 0L), Map.of("x", 1L));
    decided(3, 4, Map.of("x", 1L), Map.of("x", 1L));
    assertThatThrownBy(() -> SerializabilityChecker.violation(history))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wantsEveryRowSeenThatIsWritten() {
    assertThatThrownBy(() -> new Decided("blind", Map.of(), Map.of("x", 1L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decidesOnLongHistories() {
    for (long i = 1; i <= 20_000; i++) {
      decided(4 * i, 4 * i + 5, Map.of("x", i - 1, "y", i - 1), Map.of("x", i, "y", i));
    }
    assertAccepted();
    decided(90_000, 90_001, Map.of("x", 10L), Map.of());
    assertRefused("rt");
  }

  private void decided(long begin, long end, Map<String, Long> seen, Map<String, Long> written) {
    history.add(new Recorded<>(new Decided("decision " + begin, seen, written), begin, end));
  }

  private void unknown(long begin, Map<String, Long> seen, Map<String, Long> written) {
    history.add(Recorded.unknown(new Decided("decision " + begin, seen, written), begin));
  }

  private void assertAccepted() {
    assertThat(SerializabilityChecker.violation(history)).isEmpty();
  }

  private void assertRefused(String why) {
    assertThat(SerializabilityChecker.violation(history)).get().asString().contains(why);
  }
}
