package org.ostraka.voting.count;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
  static final int MAX_ENTRIES_OF_A_LOG = 400;
  private static final int MAX_ENTRIES = 3_000;
  static final int MAX_BYTES_OF_A_LOG = 300_000;
  private static final int MAX_BYTES = 3_000_000;
  // An update expression has at most 4 KB.
  private static final int MAX_COUNTERS = 200;

  private final String region;
  private final int part;
  private final Paper paper;
  private final Predicate<String> isTakenOver;
  private final Map<LogId, List<Entry>> entries = new LinkedHashMap<>();
  private final Map<LogId, Integer> bytesOfLogs = new HashMap<>();
  private final Map<TallyKey, Map<String, Integer>> tallies = new HashMap<>();
  private int size;
  private int bytes;
  private Optional<String> position = Optional.empty();

  /**
   * Makes a batch without changes.
   *
   * @param isTakenOver whether another region counts for an election: its changes are passed over
   */
  Batch(String region, int part, Paper paper, Predicate<String> isTakenOver) {
    this.region = region;
    this.paper = paper;
    this.isTakenOver = isTakenOver;
    this.part = part;
  }

  /** Takes a record; returns false when it does not fit and nothing was done. */
  boolean take(Record record) {
    Optional<ShardChange> change =
        ShardChange.of(record, region, paper).filter(it -> !isTakenOver.test(it.log().election()));
    if (change.isPresent() && !take(change.get())) {
      return false;
    }
    position = Optional.of(record.dynamodb().sequenceNumber());
    return true;
  }

  private boolean take(ShardChange change) {
    TallyKey tally = tally(change);
    List<Entry> log = entries.getOrDefault(change.log(), List.of());
    int length = change.entry().text().getBytes(StandardCharsets.UTF_8).length;
    int lengthOfLog = bytesOfLogs.getOrDefault(change.log(), 0) + length;
    int actions =
        1
            + entries.size()
            + (change.isLogged() && log.isEmpty() ? 1 : 0)
            + tallies.size()
            + (tallies.containsKey(tally) ? 0 : 1);
    if (actions > MAX_ACTIONS
        || log.size() >= MAX_ENTRIES_OF_A_LOG
        || size >= MAX_ENTRIES
        || lengthOfLog > MAX_BYTES_OF_A_LOG
        || bytes + length > MAX_BYTES
        || tallies.getOrDefault(tally, Map.of()).size() >= MAX_COUNTERS) {
      return false;
    }
    if (change.isLogged()) {
      entries.computeIfAbsent(change.log(), _ -> new ArrayList<>()).add(change.entry());
      var _ = bytesOfLogs.put(change.log(), lengthOfLog);
      bytes += length;
    }
    Map<String, Integer> counts = tallies.computeIfAbsent(tally, _ -> new HashMap<>());
    int vote = change.entry().kind() == Entry.Kind.SUPERSEDED ? -1 : 1;
    var _ = counts.merge(TallyKey.counter(change.entry()), vote, Integer::sum);
    size++;
    return true;
  }

  private TallyKey tally(ShardChange change) {
    String election = change.log().election();
    return change.entry().isVote()
        ? TallyKey.ofMinute(election, region, part, change.entry().minute())
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
