package org.ostraka.voting.recount;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares the ballots of a shard in all regions with each other and with the log. One thread. */
record BallotAudit(VoteTable table, Scope scope, Findings findings) {
  /** An entry, and the region in whose log it is. */
  private record Logged(String region, Entry entry) {}

  /**
   * Compares the ballots of a shard with its logs by region, and adds them to the count.
   *
   * @param uncounted takes the ballots that a region which is not asked accepted, and that are in
   *     no log
   */
  void compare(
      int shard,
      Map<String, List<Entry>> logs,
      Map<String, Long> count,
      Map<String, Long> uncounted) {
    String partition = Keys.shard(election().id(), shard);
    Map<String, Map<String, Map<String, AttributeValue>>> byRegion = new HashMap<>();
    Set<String> keys = new TreeSet<>();
    for (String region : scope.regions()) {
      Map<String, Map<String, AttributeValue>> ballots = ballots(region, partition);
      keys.addAll(ballots.keySet());
      byRegion.put(region, ballots);
    }
    logs.forEach(this::nameLate);
    Map<String, Logged> logged = logged(logs);
    keys.addAll(logged.keySet());
    for (String key : keys) {
      Optional<Map<String, AttributeValue>> ballot = same(key, byRegion);
      boolean isUncounted = !logged.containsKey(key) && ballot.filter(this::isOfLost).isPresent();
      if (!isUncounted) {
        compare(key, ballot, Optional.ofNullable(logged.get(key)));
      }
      ballot.ifPresent(row -> {
        if (key.startsWith(Keys.SECRET) == election().isSecret()) {
          var _ = count.merge(text(row, Ballot.CANDIDATE), 1L, Long::sum);
          if (isUncounted) {
            var _ = uncounted.merge(text(row, Ballot.CANDIDATE), 1L, Long::sum);
          }
        }
        if (!isInPlace(key, row, shard)) {
          findings.add(title(key) + " is in shard " + shard + ", not in its own");
        }
      });
    }
  }

  private Election election() {
    return scope.election();
  }

  /** Returns whether a region accepted a ballot that is not asked any more. */
  private boolean isOfLost(Map<String, AttributeValue> row) {
    return scope.without().contains(text(row, Lease.REGION));
  }

  private boolean isInPlace(String key, Map<String, AttributeValue> row, int shard) {
    if (key.startsWith(Keys.VOTER)) {
      return election().shardOf(name(key)) == shard;
    }
    String region = text(row, Lease.REGION);
    return election().isSecret()
        && election().regions().contains(region)
        && election().boxOf(name(key), region) == shard;
  }

  /** Returns how a finding names the row with a sort key. */
  private String title(String key) {
    boolean isMark = election().isSecret() && key.startsWith(Keys.VOTER);
    return (isMark ? "mark of voter " : "ballot of ") + name(key);
  }

  private static String name(String key) {
    return key.substring(key.indexOf('#') + 1);
  }

  /** Returns the sort key of the row that an entry is about. */
  private String key(Entry entry) {
    return entry.sortKey(election().isSecret());
  }

  /** Returns the ballots by sort key; in a secret election also the marks of who has voted. */
  private Map<String, Map<String, AttributeValue>> ballots(String region, String partition) {
    Map<String, Map<String, AttributeValue>> ballots = new HashMap<>();
    for (Map<String, AttributeValue> row : table.readAll(region, partition)) {
      String sort = Attributes.text(row, Keys.SORT);
      if (sort.startsWith(Keys.VOTER) || sort.startsWith(Keys.SECRET)) {
        ballots.put(sort, row);
      }
    }
    return ballots;
  }

  /** Names the votes that follow the seal of the shard in the log of a region. */
  private void nameLate(String region, List<Entry> log) {
    boolean isSealed = false;
    for (Entry entry : log) {
      isSealed |= entry.kind() == Entry.Kind.SEALED;
      if (isSealed && (entry.kind() == Entry.Kind.CAST || entry.kind() == Entry.Kind.VOTED)) {
        findings.add(title(key(entry)) + " follows the seal of its shard in " + region);
      }
    }
  }

  /** Returns the casts that were taken back. */
  private static Set<Entry> superseded(Map<String, List<Entry>> logs) {
    return logs.values().stream()
        .flatMap(List::stream)
        .filter(entry -> entry.kind() == Entry.Kind.SUPERSEDED)
        .map(entry -> entry.ofKind(Entry.Kind.CAST))
        .collect(Collectors.toSet());
  }

  /** Returns the first record for each sort key, and names all that should not be in a log. */
  private Map<String, Logged> logged(Map<String, List<Entry>> logs) {
    Map<String, Logged> logged = new HashMap<>();
    Set<Entry> superseded = superseded(logs);
    logs.forEach((region, log) -> {
      for (Entry entry : log) {
        name(entry);
        boolean isNew = entry.kind() == Entry.Kind.CAST || entry.kind() == Entry.Kind.VOTED;
        if (isNew
            && !superseded.contains(entry)
            && logged.putIfAbsent(key(entry), new Logged(region, entry)) != null) {
          findings.add(Finding.Kind.DOUBLED, title(key(entry)) + " was counted twice");
        }
      }
    });
    return logged;
  }

  /** Names an entry that should not be in a log. */
  private void name(Entry entry) {
    String ballot = "ballot of " + entry.voter();
    switch (entry.kind()) {
      case CAST -> {
        if (!election().candidates().contains(entry.candidate())) {
          findings.add(ballot + " is for nobody on the ballot paper: " + entry.candidate());
        }
      }
      case CHANGED -> findings.add(Finding.Kind.ALTERED, ballot + " was overwritten, says the log");
      case REMOVED -> findings.add(Finding.Kind.LOST, ballot + " was removed, says the log");
      case FORGED -> findings.add("row of " + entry.voter() + " is no ballot: it was passed over");
      case SEALED, SUPERSEDED, VOTED -> {}
    }
  }

  /** Returns a ballot, and names the regions that do not have it or have another one. */
  private Optional<Map<String, AttributeValue>> same(
      String key, Map<String, Map<String, Map<String, AttributeValue>>> byRegion) {
    Optional<Map<String, AttributeValue>> found = Optional.empty();
    for (String region : scope.regions()) {
      Optional<Map<String, AttributeValue>> here =
          Optional.ofNullable(byRegion.getOrDefault(region, Map.of()).get(key));
      if (here.isPresent() && found.isPresent() && !here.equals(found)) {
        findings.add(Finding.Kind.ALTERED, title(key) + " is another one in " + region);
      }
      found = found.or(() -> here);
    }
    if (found.isPresent()) {
      for (String region : scope.regions()) {
        if (!byRegion.getOrDefault(region, Map.of()).containsKey(key)) {
          findings.add(Finding.Kind.LOST, title(key) + " is missing in " + region);
        }
      }
    }
    return found;
  }

  private void compare(
      String key, Optional<Map<String, AttributeValue>> ballot, Optional<Logged> logged) {
    Optional<Entry> entry = logged.map(Logged::entry);
    if (ballot.isEmpty()) {
      findings.add(Finding.Kind.LOST, title(key) + " is in the log and not in the table");
    } else if (entry.isEmpty()) {
      findings.add(Finding.Kind.OTHER, title(key) + " is in the table and not in the log");
    } else if (!text(ballot.get(), Ballot.CANDIDATE).equals(entry.get().candidate())
        || !text(ballot.get(), Ballot.CAST).equals(entry.get().cast())
        || !text(ballot.get(), Lease.EPOCH).equals(entry.get().epoch())) {
      findings.add(Finding.Kind.ALTERED, title(key) + " was altered: it is not what the log says");
    } else if (!text(ballot.get(), Lease.REGION).equals(logged.orElseThrow().region())) {
      findings.add(
          Finding.Kind.ALTERED, title(key) + " was altered: it is in the log of another region");
    }
  }

  private static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name))
        .map(value ->
            Optional.ofNullable(value.s()).or(() -> Optional.ofNullable(value.n())).orElse(""))
        .orElse("");
  }
}
