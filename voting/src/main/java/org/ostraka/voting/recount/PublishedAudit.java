package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.wire.RootJson;

/**
 * Compares publications of roots that others have kept with those in the table. Who can write to
 * the tables can remove the newest ballots, records and publications; a copy elsewhere shows it.
 * Any thread.
 */
public record PublishedAudit(VoteTable table, Election election, PublicKey key) {

  /** Returns what differs, a sentence each. */
  public List<Finding> compare(List<RootJson> kept) {
    Map<String, Map<Long, Roots.Signed>> stored = new HashMap<>();
    for (String region : election.regions()) {
      Map<Long, Roots.Signed> byNumber = new HashMap<>();
      new AuditLogs(table.counts(), region)
          .publications(election.id(), region, _ -> {}).stream()
              .filter(signed -> signed.isSigned(key))
              .forEach(signed -> byNumber.put(signed.roots().number(), signed));
      stored.put(region, byNumber);
    }
    Findings findings = new Findings();
    for (RootJson copy : kept) {
      Roots.Signed here = stored.getOrDefault(copy.region(), Map.of()).get(copy.number());
      String name = "publication " + copy.number() + " of " + copy.region();
      if (here == null) {
        findings.add(name + " was published and is not in the table");
      } else if (!isSame(copy, here)) {
        findings.add(name + " is another one than was published");
      }
    }
    return findings.listed();
  }

  private static boolean isSame(RootJson copy, Roots.Signed here) {
    Roots roots = here.roots();
    return copy.time().equals(roots.time().toString())
        && copy.previous().equals(roots.previous().toString())
        && copy.shards() == roots.shards().size()
        && copy.top().equals(roots.top().toString())
        && copy.signature().equals(here.signature());
  }
}
