package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;

/** An operator's close takes effect two seconds later, and never later than the election closes. */
final class StateChangesTest {
  private final TwoMemories regions = new TwoMemories();
  private final Elections elections = new Elections(regions.table());
  private final Election election = regions.declare("e", 2, false);

  @Test
  void aCloseTakesEffectTwoSecondsLater() {
    assertThat(closedAt(OPENS)).isEqualTo(OPENS.plusSeconds(2));
    assertThat(elections.find("e").map(Election::closes)).hasValue(OPENS.plusSeconds(2));
  }

  @Test
  void aCloseNeverMovesTheCloseLater() {
    assertThat(closedAt(CLOSES.minusSeconds(2))).isEqualTo(CLOSES);
    // A second operator closes it once more.
    assertThat(closedAt(CLOSES.minusMillis(1))).isEqualTo(CLOSES);
    assertThat(closedAt(OPENS)).isEqualTo(OPENS.plusSeconds(2));
    assertThat(closedAt(OPENS.plusSeconds(1))).isEqualTo(OPENS.plusSeconds(2));
    assertThat(elections.find("e").map(Election::version)).isEqualTo(Optional.of(5));
  }

  @Test
  void anElectionThatIsClosedIsNotClosedAgain() {
    assertThatThrownBy(() -> closedAt(CLOSES)).hasMessage("the election is CLOSED");
    assertThat(elections.find("e")).hasValue(election);
  }

  private Instant closedAt(Instant now) {
    return new StateChanges(elections, () -> now).close("e").closes();
  }
}
