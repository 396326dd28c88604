package org.ostraka.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HistoryTest {
  @Test
  void operationThatIsOverEndsBeforeTheNextOneBegins() {
    History<String> history = new History<>();
    history.answered(history.begin(), "first");
    history.answered(history.begin(), "second");

    assertThat(history.operations())
        .containsExactly(new Recorded<>("first", 1, 2), new Recorded<>("second", 3, 4));
  }

  @Test
  void unansweredOperationNeverEnds() {
    History<String> history = new History<>();
    history.unknown(history.begin(), "lost");

    assertThat(history.operations()).allMatch(Recorded::isUnknown);
    assertThat(history.operations()).hasToString("[lost [1, unknown]]");
  }

  @Test
  void operationCannotEndBeforeItBegins() {
    assertThatThrownBy(() -> new Recorded<>("backward", 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
