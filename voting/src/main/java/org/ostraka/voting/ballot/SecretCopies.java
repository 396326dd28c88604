package org.ostraka.voting.ballot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks for the rows of secret votes in another region than their own. Any thread.
 *
 * <p>Votes that were written together are looked for together: each look reads all of their rows,
 * also those that were seen before, ordered by their keys. So whoever sees the requests learns only
 * which votes were written together.
 */
final class SecretCopies {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final VoteTable table;
  private final InstantSource clock;
  private final Pause pause;
  private final CopyWait copyWait = new CopyWait();

  SecretCopies(VoteTable table, InstantSource clock, Pause pause) {
    this.table = table;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Waits until another region has both rows of each vote, but not for long; returns the votes of
   * which it has them.
   *
   * @param areNew whether the votes were written a moment ago
   */
  Set<SecretVote> await(
      Election election, String region, Map<SecretVote, Ballot> ballots, boolean areNew) {
    Instant from = clock.instant();
    if (areNew) {
      pause.pause(copyWait.first());
    }
    List<Map<String, AttributeValue>> keys = keys(election, region, ballots.keySet());
    // Rows are never removed, and a busy region leaves some out: what was seen once is there.
    Map<String, Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> seen =
        new HashMap<>();
    look(region, keys, seen);
    Set<SecretVote> copied = copied(election, region, ballots, seen);
    while (copied.size() < ballots.size() && clock.instant().isBefore(from.plus(PATIENCE))) {
      pause.pause(copyWait.next());
      look(region, keys, seen);
      copied = copied(election, region, ballots, seen);
    }
    if (areNew && copied.size() == ballots.size()) {
      copyWait.saw(Duration.between(from, clock.instant()));
    }
    return copied;
  }

  /** Reads all rows in the other regions, and adds those found to what was seen in each. */
  private void look(
      String region,
      List<Map<String, AttributeValue>> keys,
      Map<String, Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> seen) {
    for (String other : table.regions()) {
      if (!other.equals(region)) {
        var rows = seen.computeIfAbsent(other, _ -> new HashMap<>());
        table
            .readEach(other, keys)
            .forEach(found -> found.ifPresent(row -> rows.put(Keys.of(row), row)));
      }
    }
  }

  /** Returns the votes of which one other region has both rows. */
  private static Set<SecretVote> copied(
      Election election,
      String region,
      Map<SecretVote, Ballot> ballots,
      Map<String, Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> seen) {
    Set<SecretVote> copied = new HashSet<>();
    ballots.forEach((vote, ballot) -> {
      Map<String, AttributeValue> mark = Keys.ballot(election, vote.voter());
      Map<String, AttributeValue> secret = Keys.secretBallot(election, vote.number(), region);
      if (seen.values().stream()
          .anyMatch(rows -> rows.containsKey(mark) && has(rows, secret, ballot))) {
        copied.add(vote);
      }
    });
    return copied;
  }

  private static boolean has(
      Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows,
      Map<String, AttributeValue> key,
      Ballot ballot) {
    return Optional.ofNullable(rows.get(key))
        .map(row -> Ballot.of(ballot.voter(), row))
        .filter(ballot::equals)
        .isPresent();
  }

  /** Returns the keys of all rows: those of voters, then those of ballots, each in order. */
  private static List<Map<String, AttributeValue>> keys(
      Election election, String region, Set<SecretVote> votes) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    votes.stream()
        .map(SecretVote::voter)
        .sorted()
        .forEach(voter -> keys.add(Keys.ballot(election, voter)));
    votes.stream()
        .map(SecretVote::number)
        .sorted()
        .forEach(number -> keys.add(Keys.secretBallot(election, number, region)));
    return keys;
  }
}
