package org.ostraka.voting.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogHead;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.election.Election;

/** Votes that were cast before the opening, or at the close or after it. */
final class TimesAuditTest {
  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 2, false);

  @Test
  void theyAreCounted() {
    assertThat(
            text(
                election,
                cast(OPENS.minusMillis(1).toString()),
                cast(OPENS.toString()),
                cast(CLOSES.minusMillis(1).toString()),
                cast(CLOSES.toString()),
                cast(CLOSES.plusSeconds(60).toString()),
                cast("no time")))
        .isEqualTo(
            "Votes in the count that were cast before the opening: 1; at the close or after it: 2");
  }

  @Test
  void oneThatWasTakenBackIsNotInTheCount() {
    Entry late = cast(CLOSES.toString());
    assertThat(text(election, late, late.ofKind(Entry.Kind.SUPERSEDED)))
        .endsWith("at the close or after it: 0");
  }

  @Test
  void theHourOfASecretBallotIsEarlyWhenAllOfItIs() {
    Election secret = election.opening(OPENS.plusSeconds(1_800)).secret();
    assertThat(text(secret, cast(OPENS.minusSeconds(3_600).toString()), cast(OPENS.toString())))
        .contains("before the opening: 1;");
  }

  @Test
  void theAuditSaysHowMany() throws Exception {
    LogId log = new LogId("e", 0, HERE);
    Segment segment = Segment.after(log, LogHead.start(log), List.of(cast(CLOSES.toString())));
    regions.here.write("voting-count", segment.row());
    var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    assertThat(new Auditor(regions.table(), election, key).audit().remarks())
        .contains(
            "Votes in the count that were cast before the opening: 0; at the close or after it: 1");
  }

  private static Entry cast(String time) {
    return new Entry(Entry.Kind.CAST, "voter", "a", time, "1");
  }

  private static String text(Election election, Entry... votes) {
    TimesAudit times = new TimesAudit(election);
    List.of(votes).forEach(times::count);
    return times.text();
  }
}
