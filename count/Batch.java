package org.ostraka.voting.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Changes of one shard of a stream that are counted in one transaction. Not thread-safe.
 *
 * <p>A transaction has at most 100 actions and 4 MB, a row 400 KB ("Service, account, and table
 * quotas in Amazon DynamoDB"): one action for the checkpoint, one for each log and each tally.
 */
final class Batch {
  private static final int MAX_ACTIONS = 100;
  private static final int MAX_ENTRIES_OF_A_LOG = 400;
  private static final int MAX_ENTRIES = 3_000;
  // An update expression has at most 4 KB.
  private static final int MAX_COUNTERS = 200;

  private final String region;
  private final int part;
  private final Map<LogId, List<Entry>> entries = new LinkedHashMap<>();
  private final Map<TallyKey, Map<String, Integer>> tallies = new HashMap<>();
  private int size;
  private Optional<String> position = Optional.empty();

  Batch(String region, int part) {
    this.region = region;
    this.part = part;
  }

  /** Takes a record; returns false when it does not fit and nothing was done. */
  boolean take(Record record) {
    Optional<ShardChange> change = ShardChange.of(record, region);
    if (change.isPresent() && !take(change.get())) {
      return false;
    }
    position = Optional.of(record.dynamodb().sequenceNumber());
    return true;
  }

  private boolean take(ShardChange change) {
    TallyKey tally = tally(change);
    List<Entry> log = entries.getOrDefault(change.log(), List.of());
    int actions =
        1
            + entries.size()
            + (log.isEmpty() ? 1 : 0)
            + tallies.size()
            + (tallies.containsKey(tally) ? 0 : 1);
    if (actions > MAX_ACTIONS
        || log.size() >= MAX_ENTRIES_OF_A_LOG
        || size >= MAX_ENTRIES
        || tallies.getOrDefault(tally, Map.of()).size() >= MAX_COUNTERS) {
      return false;
    }
    entries.computeIfAbsent(change.log(), _ -> new ArrayList<>()).add(change.entry());
    Map<String, Integer> counts = tallies.computeIfAbsent(tally, _ -> new HashMap<>());
    var _ = counts.merge(TallyKey.counter(change.entry()), 1, Integer::sum);
    size++;
    return true;
  }

  private TallyKey tally(ShardChange change) {
    String election = change.log().election();
    return change.entry().kind() == Entry.Kind.CAST
        ? TallyKey.ofMinute(election, region, part, change.minute())
        : TallyKey.ofShards(election, region, part);
  }

  Map<LogId, List<Entry>> entries() {
    return entries;
  }

  Map<TallyKey, Map<String, Integer>> tallies() {
    return tallies;
  }

  /** Returns the sequence number of the last record that was taken; empty before the first. */
  Optional<String> position() {
    return position;
  }
}
