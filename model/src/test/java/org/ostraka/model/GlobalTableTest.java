package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.ostraka.model.GlobalTable.Edition;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.GlobalTable.State;

/** The editions of replicas, by which regions compare what they know of them. */
final class GlobalTableTest {
  private static final Region SOURCE = new Region("us-east-1");
  private static final Region OTHER = new Region("eu-central-1");
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Member JOINING =
      new Member(
          new Region("ap-south-1"), State.JOINING, SOURCE, new Edition(NOW, SOURCE), false, false);

  @Test
  void aReplicaThatItsSourceHasFilledIsKnownByItsEdition() {
    Member filled = JOINING.whenFilled();
    assertThat(filled.edition()).isGreaterThan(JOINING.edition());
    assertThat(filled.isFilledSince(JOINING)).isTrue();
    assertThat(filled.isFilledSince(filled)).isFalse();
    assertThat(JOINING.isFilledSince(JOINING)).isFalse();
  }

  @Test
  void aReplicaThatWasRemovedAndAddedAgainIsNotTakenForTheEarlierOne() {
    Edition joinedAgain = JOINING.whenLeft(NOW, SOURCE).edition().next(NOW, SOURCE);
    Member again = new Member(JOINING.region(), State.JOINING, SOURCE, joinedAgain, false, false);
    assertThat(again.whenFilled().isFilledSince(again)).isTrue();
    assertThat(again.whenFilled().isFilledSince(JOINING)).isFalse();
  }

  /** Neither the source nor the region that removes the replica has heard of the other. */
  @Test
  void aRemovalIsLaterThanTheFillingAlsoByAClockThatIsBehind() {
    Member left = JOINING.whenLeft(NOW.minusSeconds(60), OTHER);
    assertThat(left.edition()).isGreaterThan(JOINING.whenFilled().edition());
    assertThat(left.takesPart()).isFalse();
  }
}
