package org.ostraka.voting;

import static org.ostraka.voting.TwoRegions.FIRST;
import static org.ostraka.voting.TwoRegions.SECOND;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.ostraka.voting.count.Results;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads an election again and again while votes arrive, and guesses whose ballot is whose from what
 * has changed between two reads. One thread; any may ask for the counts.
 *
 * <p>It reads the rows of both regions in pages of a few, and the results.
 */
final class Watcher {
  private static final Map<String, AttributeValue> NO_KEY = Map.of();
  private static final int PAGE = 5;

  private final VoteTable table;
  private final Election election;
  private final Tallies tallies;
  private final Map<String, Looks> looks = new TreeMap<>();
  private final List<Long> counts = new CopyOnWriteArrayList<>();

  /** What was seen in one place. */
  private static final class Looks {
    private final Set<String> voters = new HashSet<>();
    private final Set<String> ballots = new HashSet<>();
    private final List<String> newVoters = new ArrayList<>();
    private final List<String> newCandidates = new ArrayList<>();
    private final Map<String, String> guesses = new LinkedHashMap<>();

    /** The voters who have come since the last guess go with the ballots that have. */
    private void guess() {
      if (newVoters.isEmpty() || newCandidates.isEmpty()) {
        return;
      }
      for (int at = 0; at < Math.min(newVoters.size(), newCandidates.size()); at++) {
        guesses.put(newVoters.get(at), newCandidates.get(at));
      }
      newVoters.clear();
      newCandidates.clear();
    }
  }

  Watcher(VoteTable table, Election election) {
    this.table = table;
    this.election = election;
    this.tallies = new Tallies(table.counts());
  }

  /** Reads everything once. */
  void look() {
    for (String region : List.of(FIRST, SECOND)) {
      Looks seen = looks.computeIfAbsent("rows of " + region, _ -> new Looks());
      pages(region).forEach(row -> see(seen, row));
      seen.guess();
    }
    lookAtResults();
  }

  /** The voters are those of the first region; what they voted is guessed from the tallies. */
  private void lookAtResults() {
    Results results = tallies.of(election);
    counts.add(results.votes());
    Looks seen = looks.computeIfAbsent("results", _ -> new Looks());
    for (String candidate : election.candidates()) {
      if (results.votes(candidate) > 0 && seen.ballots.add(candidate)) {
        seen.newCandidates.add(candidate);
      }
    }
    for (String voter : looks.get("rows of " + FIRST).voters) {
      if (seen.voters.add(voter)) {
        seen.newVoters.add(voter);
      }
    }
    seen.guess();
  }

  private static void see(Looks seen, Map<String, AttributeValue> row) {
    String sort = text(row, Keys.SORT);
    if (sort.startsWith(Keys.VOTER) && seen.voters.add(sort)) {
      seen.newVoters.add(sort);
    } else if (sort.startsWith(Keys.SECRET) && seen.ballots.add(sort)) {
      seen.newCandidates.add(text(row, "candidate"));
    }
  }

  /** Returns the rows of all shards; others write between two pages. */
  private Stream<Map<String, AttributeValue>> pages(String region) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      String partition = "VOTE#" + election.id() + "#" + shard;
      Map<String, AttributeValue> start = NO_KEY;
      do {
        Map<String, AttributeValue> from = start;
        var page =
            table
                .in(region)
                .query(it ->
                    it.tableName(table.name())
                        .keyConditionExpression("PK = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition)))
                        .exclusiveStartKey(from.isEmpty() ? null : from)
                        .limit(PAGE)
                        .consistentRead(true));
        rows.addAll(page.items());
        start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : NO_KEY;
      } while (!start.isEmpty());
    }
    return rows.stream();
  }

  /** Returns for each place how many guesses are right. */
  Map<String, Integer> right(Map<String, String> truth) {
    Map<String, Integer> right = new TreeMap<>();
    looks.forEach((place, seen) -> {
      int hits = 0;
      for (Map.Entry<String, String> guess : seen.guesses.entrySet()) {
        String voter = guess.getKey().substring(Keys.VOTER.length());
        hits += guess.getValue().equals(truth.get(voter)) ? 1 : 0;
      }
      right.put("changes of the " + place, hits);
    });
    return right;
  }

  /** Returns the counts in the order in which they were read. */
  List<Long> counts() {
    return List.copyOf(counts);
  }

  /** Returns how many voters and ballots a region has shown. */
  List<Integer> seen(String region) {
    Looks seen = looks.getOrDefault("rows of " + region, new Looks());
    return List.of(seen.voters.size(), seen.ballots.size());
  }

  private static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name)).map(AttributeValue::s).orElse("");
  }
}
