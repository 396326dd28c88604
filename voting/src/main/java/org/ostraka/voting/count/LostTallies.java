package org.ostraka.voting.count;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The tallies of a region that is lost, computed anew from its logs. One thread.
 *
 * <p>Rows of tallies and of logs were replicated each for itself, so the tallies that another
 * region has may be older or newer than the logs: nothing can be added to them. Each row is
 * replaced by what the logs say. Doing so twice is the same as once.
 */
final class LostTallies {
  // With 1,000 candidates of 200 characters a row has about 40 KB; a transaction at most 4 MB.
  private static final int MAX_ROWS = 25;

  private final VoteTable counts;
  private final String in;
  private final Takeover takeover;
  private final Map<TallyKey, Map<String, Long>> computed = new HashMap<>();

  /**
   * Makes tallies of nothing.
   *
   * @param in the region in which they are written
   */
  LostTallies(VoteTable counts, String in, Takeover takeover) {
    this.counts = counts;
    this.in = in;
    this.takeover = takeover;
  }

  /** Adds an entry of a log. */
  void count(Entry entry) {
    long vote = entry.kind() == Entry.Kind.SUPERSEDED ? -1 : 1;
    add(key(entry), TallyKey.counter(entry), vote);
  }

  private TallyKey key(Entry entry) {
    int part = TallyKey.part(TallyKey.counter(entry));
    return entry.isVote()
        ? TallyKey.ofMinute(takeover.election(), takeover.lost(), part, entry.minute())
        : TallyKey.ofShards(takeover.election(), takeover.lost(), part);
  }

  private void add(TallyKey key, String counter, long number) {
    var _ = computed.computeIfAbsent(key, _ -> new HashMap<>()).merge(counter, number, Long::sum);
  }

  /**
   * Replaces the rows that say something else. Rows that are no tallies stay: the audit names them.
   *
   * @throws IllegalStateException if somebody else has taken the count over since
   */
  void write() {
    Map<TallyKey, Map<String, AttributeValue>> present = present();
    keepForged(present);
    Set<TallyKey> keys = new HashSet<>(computed.keySet());
    keys.addAll(present.keySet());
    List<TransactWriteItem> puts = new ArrayList<>();
    for (TallyKey key : keys) {
      Map<String, AttributeValue> row = row(key);
      if (!row.equals(present.get(key))) {
        puts.add(
            TransactWriteItem.builder().put(it -> it.tableName(counts.name()).item(row)).build());
      }
    }
    for (int from = 0; from < puts.size(); from += MAX_ROWS) {
      List<TransactWriteItem> actions = new ArrayList<>();
      actions.add(takeover.check(counts));
      actions.addAll(puts.subList(from, Math.min(from + MAX_ROWS, puts.size())));
      if (!counts.commit(in, actions)) {
        throw new IllegalStateException(
            "somebody else has taken over the count of " + takeover.lost() + " and goes on");
      }
    }
  }

  private Map<String, AttributeValue> row(TallyKey key) {
    Map<String, AttributeValue> row = new HashMap<>(key.row());
    computed
        .getOrDefault(key, Map.of())
        .forEach((counter, number) -> row.put(counter, Attributes.of(number)));
    return row;
  }

  /** Returns the rows that count something, by their keys. */
  private Map<TallyKey, Map<String, AttributeValue>> present() {
    Map<TallyKey, Map<String, AttributeValue>> present = new HashMap<>();
    for (int part = 0; part < TallyKey.PARTS; part++) {
      String partition = TallyKey.partition(takeover.election(), takeover.lost(), part);
      for (Map<String, AttributeValue> row : counts.readAll(in, partition)) {
        TallyKey key = new TallyKey(partition, Attributes.text(row, Keys.SORT));
        if (isTally(key)) {
          present.put(key, row);
        }
      }
    }
    return present;
  }

  private static boolean isTally(TallyKey key) {
    if (!key.sort().startsWith(TallyKey.MINUTE)) {
      return key.isOfShards();
    }
    try {
      return !Instant.parse(key.sort().substring(TallyKey.MINUTE.length())).equals(Instant.MAX);
    } catch (DateTimeException malformed) {
      return false;
    }
  }

  /**
   * Counts forged rows as often as the tallies do: those in no shard of the election have no log.
   */
  private void keepForged(Map<TallyKey, Map<String, AttributeValue>> present) {
    String counter = Entry.Kind.FORGED.name();
    TallyKey key = TallyKey.ofShards(takeover.election(), takeover.lost(), TallyKey.part(counter));
    long logged = computed.getOrDefault(key, Map.of()).getOrDefault(counter, 0L);
    long tallied =
        present.entrySet().stream()
            .filter(it -> it.getKey().isOfShards())
            .mapToLong(it -> number(it.getValue(), counter))
            .sum();
    if (tallied > logged) {
      add(key, counter, tallied - logged);
    }
  }

  private static long number(Map<String, AttributeValue> row, String counter) {
    try {
      return Optional.ofNullable(row.get(counter)).map(it -> Long.parseLong(it.n())).orElse(0L);
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }
}
