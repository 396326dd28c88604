package org.ostraka.voting.count;

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
        sum.sealed,
        sum.changed,
        sum.sealed == election.sharding().shards());
  }

  private static final class Sum {
    private final Map<String, Map<String, Long>> byRegion = new TreeMap<>();
    private final TreeMap<Instant, Map<String, Long>> byMinute = new TreeMap<>();
    private long sealed;
    private long changed;

    private void add(String region, Map<String, AttributeValue> row) {
      String sort = Attributes.text(row, Keys.SORT);
      row.forEach((name, value) -> {
        if (name.startsWith(TallyKey.CANDIDATE)) {
          String candidate = name.substring(TallyKey.CANDIDATE.length());
          long votes = Long.parseLong(value.n());
          Instant minute = Instant.parse(sort.substring(TallyKey.MINUTE.length()));
          add(byRegion.computeIfAbsent(region, _ -> new HashMap<>()), candidate, votes);
          add(byMinute.computeIfAbsent(minute, _ -> new HashMap<>()), candidate, votes);
        } else if (name.equals(Entry.Kind.SEALED.name())) {
          sealed += Long.parseLong(value.n());
        } else if (name.equals(Entry.Kind.CHANGED.name())
            || name.equals(Entry.Kind.REMOVED.name())) {
          changed += Long.parseLong(value.n());
        }
      });
    }

    private static void add(Map<String, Long> to, String candidate, long votes) {
      var _ = to.merge(candidate, votes, Long::sum);
    }
  }
}
