package org.ostraka.voting.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.voterOf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A ballot that stands in the log after the seal of its shard. */
final class LateBallotTest {
  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 2, false);
  private final String voter = voterOf(election, 0, 0);
  private final Entry seal = new Entry(Entry.Kind.SEALED, "", "", "", "1");
  private final Entry cast = new Entry(Entry.Kind.CAST, voter, "a", OPENS.toString(), "1");

  @Test
  void itIsNamed() {
    assertThat(findings(List.of(seal, cast)))
        .containsExactly("ballot of " + voter + " follows the seal of its shard in " + HERE);
  }

  @Test
  void aBallotBeforeTheSealIsNot() {
    assertThat(findings(List.of(cast, seal))).isEmpty();
  }

  private List<String> findings(List<Entry> log) {
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, voter));
    row.putAll(new Lease(HERE, 1).attributes());
    row.put("candidate", Attributes.of("a"));
    row.put("cast", Attributes.of(OPENS.toString()));
    regions.here.write("voting", row);
    regions.there.write("voting", row);
    Findings findings = new Findings();
    new BallotAudit(regions.table(), Scope.whole(election), findings)
        .compare(0, Map.of(HERE, log), new TreeMap<>(), new TreeMap<>());
    return findings.listed().stream().map(Finding::text).toList();
  }
}
