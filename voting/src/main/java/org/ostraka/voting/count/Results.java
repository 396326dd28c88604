package org.ostraka.voting.count;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * The count of an election as it stands. Immutable.
 *
 * @param byRegion votes of each candidate in each region
 * @param byMinute votes of each candidate in each minute
 * @param voters how many voters of a secret election have voted; 0 in an open one
 * @param sealedShards how many shards are counted to their seal
 * @param changed how many times a ballot was overwritten or removed, which must not happen
 * @param forged how many rows are no ballots and were passed over
 * @param unreadable how many rows of tallies are no tallies and were passed over
 * @param isComplete whether all shards are counted to their seals
 */
public record Results(
    Map<String, Map<String, Long>> byRegion,
    SortedMap<Instant, Map<String, Long>> byMinute,
    long voters,
    long sealedShards,
    long changed,
    long forged,
    long unreadable,
    boolean isComplete) {

  /** Returns the votes of a candidate in all regions. */
  public long votes(String candidate) {
    return byRegion.values().stream().mapToLong(it -> it.getOrDefault(candidate, 0L)).sum();
  }

  /**
   * Returns how many records the audit logs have by the tallies. A vote that was taken back has two
   * and counts for none here; a row in a shard that the election does not have has none.
   */
  public long records() {
    return votes() + voters + sealedShards + changed + forged;
  }

  /** Returns all votes, also those of candidates that the election does not have. */
  public long votes() {
    return byRegion.values().stream()
        .flatMap(it -> it.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
