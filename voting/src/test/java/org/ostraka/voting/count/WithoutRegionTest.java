package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;
import static org.ostraka.voting.TwoMemories.copy;
import static org.ostraka.voting.TwoMemories.voterOf;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.State;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.Recount;
import org.ostraka.voting.recount.Scope;
import software.amazon.awssdk.core.exception.SdkException;

/** What is left of an election when one of its regions is lost for good. */
final class WithoutRegionTest {
  private static final String COUNTS = "voting-count";
  private static final InstantSource CLOCK = InstantSource.fixed(OPENS.plusSeconds(1));

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();
  private final Election election = regions.declare("e", 2, false);

  @Test
  void theAuditOfTheOthersSaysWhatTheLostRegionHadNotCounted() {
    cast(voterOf(election, 0, 0), "a");
    StreamCount.count(HERE, regions.here);
    cast(voterOf(election, 1, 0), "a");
    StreamCount.count(THERE, regions.there);
    regions.there.rows(COUNTS).forEach(row -> regions.here.write(COUNTS, row));
    cast(voterOf(election, 1, 1), "a");
    cast(voterOf(election, 1, 2), "b");
    for (int voter = 0; voter < 3; voter++) {
      copy(regions.there, regions.here, Keys.ballot(election, voterOf(election, 1, voter)));
    }
    regions.there.goAway();
    assertThatThrownBy(() -> new Auditor(table, election, key()).audit())
        .isInstanceOf(SdkException.class);
    Recount recount = new Auditor(table, new Scope(election, Set.of(THERE)), key()).audit();
    assertThat(recount.ballots()).isEqualTo(Map.of("a", 3L, "b", 1L));
    assertThat(recount.logged()).isEqualTo(recount.tallied()).isEqualTo(Map.of("a", 2L));
    assertThat(named(recount)).isEmpty();
    assertThat(recount.remarks())
        .contains(
            "Not asked: [" + THERE + "]",
            "Votes accepted there that are in no log here: {a=1, b=1}");
  }

  @Test
  void aBallotOfTheLostRegionThatDiffersFromItsLogIsNamed() {
    String voter = voterOf(election, 1, 0);
    cast(voter, "a");
    StreamCount.count(THERE, regions.there);
    regions.there.rows(COUNTS).forEach(row -> regions.here.write(COUNTS, row));
    regions.there.goAway();
    Recount recount = new Auditor(table, new Scope(election, Set.of(THERE)), key()).audit();
    assertThat(named(recount))
        .containsExactly("ballot of " + voter + " is in the log and not in the table");
  }

  @Test
  void theElectionIsClosedInTheNextRegion() {
    regions.here.goAway();
    VoteTable survivor = new VoteTable("voting", Map.of(THERE, regions.there));
    assertThatThrownBy(() -> new StateChanges(new Elections(survivor), CLOCK).close("e"))
        .hasMessage("no endpoint for region " + HERE);
    Elections elections = new Elections(survivor, Set.of(HERE));
    Election closed = new StateChanges(elections, CLOCK).close("e");
    assertThat(closed.version()).isEqualTo(2);
    assertThat(elections.find("e")).contains(closed);
    assertThat(closed.state(CLOCK.instant().plusSeconds(2))).isEqualTo(State.CLOSED);
  }

  @Test
  void anAuditNeedsARegionOfTheElection() {
    assertThatThrownBy(() -> new Scope(election, Set.of(HERE, THERE)))
        .hasMessage("an audit needs a region that is not given up");
    assertThatThrownBy(() -> new Scope(election, Set.of("us-east-1")))
        .hasMessage("the election is in [eu-central-1, eu-west-1], not in all of [us-east-1]");
  }

  private void cast(String voter, String candidate) {
    assertThat(new Casting(table, 1, CLOCK, _ -> {}).cast(election, voter, candidate))
        .isInstanceOf(Outcome.Stored.class);
  }

  private static PublicKey key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Returns the findings but those that nothing was published, since no publisher runs here. */
  private static List<String> named(Recount recount) {
    return recount.findings().stream()
        .map(Finding::text)
        .filter(text -> !text.endsWith("not published yet"))
        .toList();
  }
}
