package org.ostraka.voting.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.MemoryRegion;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Versions of an election that somebody with an operator's key has written. */
final class VersionAuditTest {
  private final TwoMemories regions = new TwoMemories();
  private final Election first = regions.declare("e", 4, false);
  private final Election closed = first.closing(CLOSES.minusSeconds(60));
  private final Election certified = closed.certified();

  @BeforeEach
  void closeAndCertify() {
    Elections elections = new Elections(regions.table());
    assertThat(elections.add(closed, "closed", OPENS)).isTrue();
    assertThat(elections.add(certified, "audited", CLOSES)).isTrue();
    regions.replicate();
  }

  @Test
  void versionsOfTheVotingSystemDifferInNothingElse() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatAnOperatorMayNotChangeIsNamed() {
    change(2, "candidates", Attributes.of(List.of("a", "b", "c")), regions.here, regions.there);
    change(3, "shards", Attributes.of(8), regions.here, regions.there);
    change(3, "secret", AttributeValue.fromBool(true), regions.here, regions.there);
    assertThat(findings())
        .containsExactly(
            "VERSION#000002 of the election in "
                + HERE
                + " has other candidates than the first one",
            "VERSION#000003 of the election in "
                + HERE
                + " has other secret, shards than the first one",
            "VERSION#000002 of the election in "
                + THERE
                + " has other candidates than the first one",
            "VERSION#000003 of the election in "
                + THERE
                + " has other secret, shards than the first one");
  }

  @Test
  void aVersionForOtherVotersIsNamed() {
    Map<String, AttributeValue> north = Map.of("custom:district", Attributes.of(List.of("north")));
    change(3, "voters", AttributeValue.fromM(north), regions.here, regions.there);
    assertThat(findings())
        .containsExactly(
            "VERSION#000003 of the election in " + HERE + " has other voters than the first one",
            "VERSION#000003 of the election in " + THERE + " has other voters than the first one");
  }

  @Test
  void aVersionThatIsMissingIsNamed() {
    for (MemoryRegion region : List.of(regions.here, regions.there)) {
      Map<String, AttributeValue> key = Keys.election("e", 2);
      var _ = region.deleteItem(it -> it.tableName("voting").key(key));
    }
    assertThat(findings())
        .contains(
            "VERSION#000003 of the election in " + HERE + " is where version 2 should be",
            HERE + " has 2 versions of the election, not 3");
  }

  @Test
  void aVersionWithAnotherNumberIsNamed() {
    change(2, "version", Attributes.of(3), regions.here, regions.there);
    assertThat(findings())
        .containsExactly(
            "VERSION#000002 of the election in " + HERE + " is where version 2 should be",
            "VERSION#000002 of the election in " + THERE + " is where version 2 should be");
  }

  @Test
  void aVersionWithAnotherKeyIsNamed() {
    for (MemoryRegion region : List.of(regions.here, regions.there)) {
      Map<String, AttributeValue> key = Keys.election("e", 3);
      Map<String, AttributeValue> moved = new HashMap<>(region.row("voting", key));
      moved.putAll(Keys.election("e", 4));
      var _ = region.deleteItem(it -> it.tableName("voting").key(key));
      region.write("voting", moved);
    }
    assertThat(findings())
        .containsExactly(
            "VERSION#000004 of the election in " + HERE + " is where version 3 should be",
            "VERSION#000004 of the election in " + THERE + " is where version 3 should be");
  }

  @Test
  void aVersionThatIsAnotherOneInOneRegionIsNamed() {
    change(2, "closes", Attributes.of(CLOSES.toString()), regions.there);
    assertThat(findings())
        .containsExactly("VERSION#000002 of the election is another one in " + THERE);
  }

  @Test
  void aVersionThatCannotBeReadIsNamed() {
    change(2, "certified", Attributes.of("no"), regions.here, regions.there);
    assertThat(findings())
        .containsExactly(
            "VERSION#000002 of the election in " + HERE + " cannot be read",
            "VERSION#000002 of the election in " + THERE + " cannot be read");
  }

  private void change(int version, String attribute, AttributeValue to, MemoryRegion... in) {
    for (MemoryRegion region : in) {
      Map<String, AttributeValue> row =
          new HashMap<>(region.row("voting", Keys.election("e", version)));
      row.put(attribute, to);
      region.write("voting", row);
    }
  }

  private List<String> findings() {
    Findings findings = new Findings();
    new VersionAudit(regions.table(), Scope.whole(certified), findings).compare();
    return findings.listed().stream().map(Finding::text).toList();
  }
}
