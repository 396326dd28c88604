package org.ostraka.voting.recount;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.VoteTable;

/**
 * Compares the logs of shards with their leases: a region accepts votes of a shard only while it
 * has the lease. One thread.
 *
 * <p>A lease begins in its shard's home with epoch 1. Each move to another region gives it the next
 * epoch; a lease without terms is never moved. Whether leases have terms is what the declaration
 * says, which no key of a server can write; a lease says it where the declaration is missing.
 */
final class LeaseAudit {
  private static final long FIRST_EPOCH = 1;
  private static final int MAX_DIGITS = 18;
  private static final Set<Entry.Kind> UNDER_A_LEASE =
      Set.of(Entry.Kind.CAST, Entry.Kind.VOTED, Entry.Kind.SUPERSEDED, Entry.Kind.SEALED);

  private final VoteTable table;
  private final Election election;
  private final Scope scope;
  private final Findings findings;
  private boolean isDeclarationRead;
  private Optional<Boolean> declaredWithTerms = Optional.empty();
  private int withTerms;
  private int moved;

  LeaseAudit(VoteTable table, Scope scope, Findings findings) {
    this.table = table;
    this.election = scope.election();
    this.scope = scope;
    this.findings = findings;
  }

  /** Names entries of a shard's logs whose region did not have the lease under their epoch. */
  void compare(int shard, Map<String, List<Entry>> logs) {
    NavigableMap<Long, String> holders = holders(shard);
    moved += holders.lastKey() > FIRST_EPOCH ? 1 : 0;
    logs.forEach((region, log) -> {
      for (Entry entry : log) {
        if (UNDER_A_LEASE.contains(entry.kind())) {
          compare(shard, holders, region, entry);
        }
      }
    });
  }

  private void compare(int shard, NavigableMap<Long, String> holders, String region, Entry entry) {
    String place = " in " + region + ", epoch " + entry.epoch();
    if (!isHolder(holders, epoch(entry), region)) {
      findings.add(
          switch (entry.kind()) {
            case SEALED -> "shard " + shard + " was sealed" + place + ", without its lease";
            case VOTED ->
                "mark of voter %s was accepted%s, without the lease of shard %d"
                    .formatted(entry.voter(), place, shard);
            default ->
                "ballot of %s was accepted%s, without the lease of shard %d"
                    .formatted(entry.voter(), place, shard);
          });
    } else if (entry.kind() == Entry.Kind.SUPERSEDED && epoch(entry) == holders.lastKey()) {
      findings.add(
          Finding.Kind.ALTERED,
          "ballot of %s was taken back%s: shard %d has no later lease"
              .formatted(entry.voter(), place, shard));
    }
  }

  /**
   * Returns whether a region had the lease under an epoch. Leases keep the last epoch only: under
   * one between it and the first, the first region that says so had it, and no other one.
   */
  private static boolean isHolder(NavigableMap<Long, String> holders, long epoch, String region) {
    return epoch >= FIRST_EPOCH
        && epoch <= holders.lastKey()
        && holders.computeIfAbsent(epoch, _ -> region).equals(region);
  }

  /** Returns an epoch as a number; 0, which no lease has, when it is none. */
  private static long epoch(Entry entry) {
    boolean isNumber = entry.epoch().matches("[0-9]{1," + MAX_DIGITS + "}");
    return isNumber ? Long.parseLong(entry.epoch()) : 0;
  }

  /** Returns which region had the lease of a shard by epoch, and names copies that cannot be. */
  private NavigableMap<Long, String> holders(int shard) {
    NavigableMap<Long, String> holders = new TreeMap<>();
    holders.put(FIRST_EPOCH, election.homeOf(shard));
    boolean hasTerm = false;
    for (String region : scope.regions()) {
      Optional<Lease> lease = read(shard, region);
      hasTerm |= lease.filter(it -> it.until().isPresent()).isPresent();
      lease
          .filter(it -> !isPossible(holders, it))
          .ifPresent(it ->
              findings.add(
                  "the lease of shard %d in %s cannot be: %s has it under epoch %d"
                      .formatted(shard, region, it.region(), it.epoch())));
    }
    withTerms += hasTerm ? 1 : 0;
    return holders;
  }

  private boolean isPossible(NavigableMap<Long, String> holders, Lease lease) {
    boolean canBeMoved =
        lease.until().isPresent() && !election.isSecret() && isDeclaredWithTerms().orElse(true);
    return lease.epoch() >= FIRST_EPOCH
        && (lease.epoch() == FIRST_EPOCH || canBeMoved)
        && election.regions().contains(lease.region())
        && holders.computeIfAbsent(lease.epoch(), _ -> lease.region()).equals(lease.region());
  }

  private Optional<Boolean> isDeclaredWithTerms() {
    if (!isDeclarationRead) {
      declaredWithTerms = new Elections(table).haveTerms(election.id(), scope.regions().getFirst());
      isDeclarationRead = true;
    }
    return declaredWithTerms;
  }

  private Optional<Lease> read(int shard, String region) {
    try {
      Optional<Lease> lease = table.read(region, Keys.lease(election.id(), shard)).map(Lease::of);
      if (lease.isEmpty()) {
        findings.add("shard " + shard + " has no lease in " + region);
      }
      return lease;
    } catch (IllegalStateException | IllegalArgumentException malformed) {
      findings.add("the lease of shard " + shard + " in " + region + " cannot be read");
      return Optional.empty();
    }
  }

  /** Names leases that have terms in an election that has none, or in which others have none. */
  void compareTerms() {
    int shards = election.sharding().shards();
    if (withTerms > 0 && !isDeclaredWithTerms().orElse(true)) {
      findings.add(
          "the leases of %d of %d shards have terms: the election was declared without"
              .formatted(withTerms, shards));
    } else if (withTerms > 0 && withTerms < shards) {
      findings.add(
          "the leases of %d of %d shards have terms: an election is declared with terms or without"
              .formatted(withTerms, shards));
    }
  }

  /** Returns how many of the shards that were compared have been moved to another region. */
  int moved() {
    return moved;
  }
}
