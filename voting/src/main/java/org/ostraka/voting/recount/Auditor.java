package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.ReadLog;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.count.Results;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.VoteTable;

/**
 * Recounts an election from its ballots, from its audit logs and from the published roots, and
 * names what differs. One thread. It trusts the key and nothing in the tables.
 */
public final class Auditor {
  private final VoteTable table;
  private final Election election;
  private final Scope scope;
  private final PublicKey key;
  private final Findings findings = new Findings();
  private final LeaseAudit leases;
  private final TimesAudit times;
  private final Map<String, Long> ballots = new TreeMap<>();
  private final Map<String, Long> uncounted = new TreeMap<>();
  private final Map<String, Map<String, Long>> logged = new TreeMap<>();
  private final Map<Instant, Map<String, Long>> loggedByMinute = new TreeMap<>();
  private long publications;
  private int sealed;
  private long voters;
  private long superseded;

  public Auditor(VoteTable table, Election election, PublicKey key) {
    this(table, Scope.whole(election), key);
  }

  public Auditor(VoteTable table, Scope scope, PublicKey key) {
    this.table = table;
    this.election = scope.election();
    this.scope = scope;
    this.key = key;
    this.leases = new LeaseAudit(table, scope, findings);
    this.times = new TimesAudit(election);
  }

  /** Audits the election, in all regions of the scope. */
  public Recount audit() {
    new VersionAudit(table, scope, findings).compare();
    Map<String, RootsAudit> published = new HashMap<>();
    for (String region : election.regions()) {
      RootsAudit roots = new RootsAudit(election, key, findings, region);
      roots.chain(publications(region));
      publications += roots.publications();
      published.put(region, roots);
    }
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      audit(shard, published);
    }
    leases.compareTerms();
    Map<String, Long> tallied = compareTallies();
    long votes = sum(logged).values().stream().mapToLong(Long::longValue).sum();
    if (election.isSecret() && voters != votes) {
      findings.add(voters + " voters have voted, and the logs have " + votes + " ballots");
    }
    return new Recount(
        ballots, sum(logged), tallied, publications, remarks(), findings.listed(), findings.more());
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Shards that were moved to another region: "
            + leases.moved()
            + "; votes of a lost region that gave way to later ones: "
            + superseded);
    remarks.add(times.text());
    String first = scope.regions().getFirst();
    for (String region : election.regions()) {
      Takeover.describe(table.counts(), first, election.id(), region).ifPresent(remarks::add);
    }
    if (!scope.isWhole()) {
      remarks.add("Not asked: " + scope.without());
      remarks.add("Votes accepted there that are in no log here: " + uncounted);
    }
    return remarks;
  }

  private Stream<Roots.Signed> publications(String region) {
    return logs(region)
        .publications(
            election.id(),
            region,
            row -> findings.add("publication " + row + " of " + region + " cannot be read"));
  }

  private AuditLogs logs(String region) {
    return new AuditLogs(table.counts(), scope.source(region));
  }

  private void audit(int shard, Map<String, RootsAudit> published) {
    Map<String, List<Entry>> entries = new LinkedHashMap<>();
    for (String region : election.regions()) {
      ReadLog log = logs(region).read(new LogId(election.id(), shard, region));
      log.damage()
          .ifPresent(
              damage -> findings.add("log of shard " + shard + " in " + region + ": " + damage));
      Optional.ofNullable(published.get(region)).orElseThrow().roots(shard, log);
      var _ = entries.put(region, log.entries());
      log.entries().forEach(entry -> count(region, entry));
      voters += log.entries().stream().filter(it -> it.kind() == Entry.Kind.VOTED).count();
    }
    boolean isSealed =
        entries.values().stream()
            .flatMap(List::stream)
            .anyMatch(entry -> entry.kind() == Entry.Kind.SEALED);
    sealed += isSealed ? 1 : 0;
    leases.compare(shard, entries);
    new BallotAudit(table, scope, findings).compare(shard, entries, ballots, uncounted);
  }

  private void count(String region, Entry entry) {
    superseded += entry.kind() == Entry.Kind.SUPERSEDED ? 1 : 0;
    if (entry.isVote()) {
      times.count(entry);
      long vote = entry.kind() == Entry.Kind.CAST ? 1 : -1;
      add(logged.computeIfAbsent(region, _ -> new TreeMap<>()), entry.candidate(), vote);
      add(
          loggedByMinute.computeIfAbsent(entry.minute(), _ -> new TreeMap<>()),
          entry.candidate(),
          vote);
    }
  }

  private static void add(Map<String, Long> to, String candidate, long votes) {
    var _ = to.merge(candidate, votes, Long::sum);
  }

  private Map<String, Long> compareTallies() {
    Map<String, Map<String, Long>> byRegion = new TreeMap<>();
    Map<Instant, Map<String, Long>> byMinute = new TreeMap<>();
    for (String region : election.regions()) {
      Results results = new Tallies(table.counts()).of(election, scope.source(region));
      // Each region is asked for what it counted itself: another one may not have all of it yet.
      Optional.ofNullable(results.byRegion().get(region))
          .ifPresent(votes -> byRegion.put(region, new TreeMap<>(votes)));
      if (region.equals(election.regions().getFirst())) {
        results.byMinute().forEach((minute, votes) -> byMinute.put(minute, new TreeMap<>(votes)));
      }
    }
    Results first = new Tallies(table.counts()).of(election);
    if (first.unreadable() > 0) {
      findings.add(first.unreadable() + " rows of tallies cannot be read");
    }
    if (first.forged() > 0) {
      findings.add(first.forged() + " rows that are no ballots were passed over");
    }
    if (first.isComplete() && sealed < election.sharding().shards()) {
      findings.add(
          "the count says that it is complete; only " + sealed + " shards are sealed in the logs");
    }
    if (!byRegion.equals(logged)) {
      findings.add("the tallies by region are " + byRegion + ", the audit logs say " + logged);
    }
    if (!byMinute.equals(loggedByMinute)) {
      findings.add("the tallies by minute are not those of the audit logs");
    }
    return sum(byRegion);
  }

  private static Map<String, Long> sum(Map<String, Map<String, Long>> byRegion) {
    Map<String, Long> sum = new TreeMap<>();
    byRegion
        .values()
        .forEach(votes ->
            votes.forEach((candidate, count) -> {
              var _ = sum.merge(candidate, count, Long::sum);
            }));
    return sum;
  }
}
