package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.wire.RootJson;

/**
 * Compares publications of roots that others have kept with those in the table. Who can write to
 * the tables can remove the newest ballots, records and publications; a copy elsewhere shows it.
 * Any thread.
 */
public record PublishedAudit(VoteTable table, Scope scope, PublicKey key) {

  /** Returns what differs, a sentence each. */
  public List<Finding> compare(List<RootJson> kept) {
    Map<String, Map<Long, RootJson>> stored = new HashMap<>();
    for (String region : scope.election().regions()) {
      stored.put(region, stored(region, kept));
    }
    Findings findings = new Findings();
    for (RootJson copy : kept) {
      RootJson here = stored.getOrDefault(copy.region(), Map.of()).get(copy.number());
      String name = "publication " + copy.number() + " of " + copy.region();
      if (here == null) {
        findings.add(name + " was published and is not in the table");
      } else if (!here.equals(copy)) {
        findings.add(name + " is another one than was published");
      }
    }
    return findings.listed();
  }

  /** Returns the stored publications with the numbers of those that were kept. */
  private Map<Long, RootJson> stored(String region, List<RootJson> kept) {
    Set<Long> wanted =
        kept.stream()
            .filter(copy -> copy.region().equals(region))
            .map(RootJson::number)
            .collect(Collectors.toSet());
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Map<Long, RootJson> stored = new HashMap<>();
    new AuditLogs(table.counts(), scope.source(region))
        .publications(scope.election().id(), region, _ -> {})
        .filter(signed -> wanted.contains(signed.roots().number()) && signed.isSigned(key))
        .forEachOrdered(signed -> stored.put(signed.roots().number(), json(signed)));
    return stored;
  }

  private static RootJson json(Roots.Signed signed) {
    Roots roots = signed.roots();
    return new RootJson(
        roots.region(),
        roots.number(),
        roots.time().toString(),
        roots.previous().toString(),
        roots.shards().size(),
        roots.top().toString(),
        signed.signature());
  }
}
