package org.ostraka.voting.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;
import static org.ostraka.voting.TwoMemories.voterOf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Terms;
import org.ostraka.voting.election.VoteTable;

/** Casting in a region that comes back and does not know that its shard was moved. */
final class CastingTest {
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();

  @Test
  void aStaleLeaseGetsNoVoteAndTheNewOneDoes() {
    Election election = regions.declare("e", 2, true);
    Instant end = OPENS.plusSeconds(30);
    assertThat(terms(OPENS).renew(election, 0, HERE, end, Set.of())).isTrue();
    Casting casting = new Casting(table, 1, InstantSource.fixed(end.plusSeconds(100)), _ -> {});
    String voter = voterOf(election, 0, 0);
    assertThat(terms(end.plusSeconds(61)).move(election, 0, HERE, THERE, MARGIN))
        .isEqualTo(Terms.Move.MOVED);
    assertThat(casting.cast(election, voter, "a"))
        .as("the first region knows only its own lease, whose term is over")
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(regions.here.row("voting", Keys.ballot(election, voter))).isEmpty();
    assertThat(regions.there.row("voting", Keys.ballot(election, voter))).isEmpty();

    assertThat(
            terms(end.plusSeconds(99))
                .renew(election, 0, THERE, end.plusSeconds(200), Set.of(HERE)))
        .isTrue();
    TwoMemories.copy(regions.there, regions.here, Keys.lease("e", 0));
    Outcome stored = casting.cast(election, voter, "a");
    assertThat(stored).isInstanceOf(Outcome.Stored.class);
    assertThat(((Outcome.Stored) stored).receipt().region()).isEqualTo(THERE);
    assertThat(((Outcome.Stored) stored).receipt().epoch()).isEqualTo(2);
    assertThat(regions.here.row("voting", Keys.ballot(election, voter))).isEmpty();
  }

  private Terms terms(Instant now) {
    return new Terms(table, InstantSource.fixed(now));
  }
}
