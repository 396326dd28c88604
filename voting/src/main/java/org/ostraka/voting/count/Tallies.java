package org.ostraka.voting.count;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tallies of elections. Any thread. */
public final class Tallies {
  private final VoteTable counts;

  public Tallies(VoteTable counts) {
    this.counts = counts;
  }

  /** Returns the count of all regions as the own region knows it. */
  public Results of(Election election) {
    return of(election, counts.regions().getFirst());
  }

  /** Returns the count of all regions as one of them knows it. */
  public Results of(Election election, String asked) {
    Sum sum = new Sum();
    for (String region : election.regions()) {
      for (int part = 0; part < TallyKey.PARTS; part++) {
        String partition = TallyKey.partition(election.id(), region, part);
        counts.readAll(asked, partition).forEach(row -> sum.add(region, row));
      }
    }
    return new Results(
        sum.byRegion,
        sum.byMinute,
        sum.voters,
        sum.sealed,
        sum.changed,
        sum.forged,
        sum.unreadable,
        sum.sealed == election.sharding().shards());
  }

  private static final class Sum {
    private final Map<String, Map<String, Long>> byRegion = new TreeMap<>();
    private final TreeMap<Instant, Map<String, Long>> byMinute = new TreeMap<>();
    private long voters;
    private long sealed;
    private long changed;
    private long forged;
    private long unreadable;

    /** Adds a row; one that is no tally is passed over. */
    private void add(String region, Map<String, AttributeValue> row) {
      String sort = Attributes.text(row, Keys.SORT);
      try {
        boolean isMinute = sort.startsWith(TallyKey.MINUTE);
        Instant minute =
            isMinute ? Instant.parse(sort.substring(TallyKey.MINUTE.length())) : Instant.EPOCH;
        Map<String, Long> numbers = numbers(row);
        numbers.forEach((name, number) -> add(region, isMinute, minute, name, number));
      } catch (NumberFormatException | DateTimeException malformed) {
        unreadable++;
      }
    }

    /** Returns all attributes of a row but its key. */
    private static Map<String, Long> numbers(Map<String, AttributeValue> row) {
      Map<String, Long> numbers = new HashMap<>();
      row.forEach((name, value) -> {
        if (!name.equals(Keys.PARTITION) && !name.equals(Keys.SORT)) {
          numbers.put(name, Long.parseLong(value.n()));
        }
      });
      return numbers;
    }

    private void add(String region, boolean isMinute, Instant minute, String name, long number) {
      if (isMinute && name.startsWith(TallyKey.CANDIDATE)) {
        String candidate = name.substring(TallyKey.CANDIDATE.length());
        add(byRegion.computeIfAbsent(region, _ -> new HashMap<>()), candidate, number);
        add(byMinute.computeIfAbsent(minute, _ -> new HashMap<>()), candidate, number);
      } else if (name.equals(Entry.Kind.SEALED.name())) {
        sealed += number;
      } else if (name.equals(Entry.Kind.CHANGED.name()) || name.equals(Entry.Kind.REMOVED.name())) {
        changed += number;
      } else if (name.equals(Entry.Kind.FORGED.name())) {
        forged += number;
      } else if (name.equals(Entry.Kind.VOTED.name())) {
        voters += number;
      } else {
        unreadable++;
      }
    }

    private static void add(Map<String, Long> to, String candidate, long votes) {
      var _ = to.merge(candidate, votes, Long::sum);
    }
  }
}
