package org.ostraka.voting.count;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The rows of voters and ballots of a shard by region and sort key, as they were read. */
record ShardRows(Map<String, Map<String, Map<String, AttributeValue>>> byRegion) {

  /**
   * The row with the latest epoch that a key has in any region.
   *
   * @param isDisputed whether regions have different rows with this epoch
   */
  record Latest(Map<String, AttributeValue> row, boolean isDisputed) {}

  /** Reads the rows of a shard in all regions of a table. */
  static ShardRows read(VoteTable table, String election, int shard) {
    Map<String, Map<String, Map<String, AttributeValue>>> byRegion = new LinkedHashMap<>();
    for (String region : table.regions()) {
      Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
      for (Map<String, AttributeValue> row : table.readAll(region, Keys.shard(election, shard))) {
        String sort = Attributes.text(row, Keys.SORT);
        if (sort.startsWith(Keys.VOTER) || sort.startsWith(Keys.SECRET)) {
          rows.put(sort, row);
        }
      }
      byRegion.put(region, rows);
    }
    return new ShardRows(byRegion);
  }

  /** Returns the sort keys of all rows, in their order, which says nothing about who voted when. */
  SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>();
    byRegion.values().forEach(rows -> keys.addAll(rows.keySet()));
    return keys;
  }

  /** Returns the latest row of a key; empty when no region has one. */
  Optional<Latest> latest(String sort) {
    List<Map<String, AttributeValue>> rows =
        byRegion.values().stream()
            .flatMap(here -> Optional.ofNullable(here.get(sort)).stream())
            .toList();
    long epoch = rows.stream().mapToLong(ShardChange::epoch).max().orElse(0);
    List<Map<String, AttributeValue>> last =
        rows.stream().filter(row -> ShardChange.epoch(row) == epoch).distinct().toList();
    return last.stream().findFirst().map(row -> new Latest(row, last.size() > 1));
  }

  /** Returns whether a region has a row with a key. */
  boolean has(String region, String sort) {
    return Optional.ofNullable(byRegion.get(region)).orElseThrow().containsKey(sort);
  }
}
