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
    Set<SecretVote> copied = look(election, region, ballots);
    while (copied.size() < ballots.size() && clock.instant().isBefore(from.plus(PATIENCE))) {
      pause.pause(copyWait.next());
      copied = look(election, region, ballots);
    }
    if (areNew && copied.size() == ballots.size()) {
      copyWait.saw(Duration.between(from, clock.instant()));
    }
    return copied;
  }

  private Set<SecretVote> look(Election election, String region, Map<SecretVote, Ballot> ballots) {
    List<Map<String, AttributeValue>> keys = keys(election, region, ballots.keySet());
    Set<SecretVote> copied = new HashSet<>();
    for (String other : table.regions()) {
      if (!other.equals(region)) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows = new HashMap<>();
        table
            .readEach(other, keys)
            .forEach(found -> found.ifPresent(row -> rows.put(Keys.of(row), row)));
        ballots.forEach((vote, ballot) -> {
          if (rows.containsKey(Keys.ballot(election, vote.voter()))
              && has(rows, Keys.secretBallot(election, vote.number(), region), ballot)) {
            copied.add(vote);
          }
        });
      }
    }
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
