package org.ostraka.voting.ballot;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Casts votes of secret elections: that a voter has voted is one row, the ballot is another one.
 * Any thread.
 *
 * <p>Both rows are written in one transaction, together with those of other voters: nothing that is
 * stored says which ballot is whose, but that it is one of those written together. The rows have no
 * common attribute but region and epoch; the voter's has no time, the ballot's has the hour. Rows
 * are ordered by their keys: those of ballots are random numbers.
 *
 * <p>The voter chooses the number. So a vote that is sent again is found by it, and gets the same
 * receipt.
 */
public final class SecretCasting {
  private static final int MAX_MIXERS = 10_000;
  private static final long EPOCH = 1;
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final VoteTable table;
  private final int copies;
  private final int mix;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final SecretCopies copiesOf;
  private final Map<String, Mixer> mixers = new ConcurrentHashMap<>();

  /** An action of a transaction, and what its refusal means for each of some votes. */
  private record Part(TransactWriteItem action, List<SecretVote> votes, Outcome refusal) {}

  /**
   * Makes the caster.
   *
   * @param copies in how many regions a vote is durable before its outcome is told: 1 or 2
   * @param mix how many votes are written together at least; with 1 nothing is secret
   */
  public SecretCasting(VoteTable table, int copies, int mix, InstantSource clock, Pause pause) {
    this(table, copies, mix, clock, pause, new SecureRandom());
  }

  SecretCasting(
      VoteTable table,
      int copies,
      int mix,
      InstantSource clock,
      Pause pause,
      RandomGenerator chance) {
    if (copies < 1 || copies > 2 || copies > table.regions().size()) {
      throw new IllegalArgumentException("copies: 1, or 2 with two regions");
    }
    this.chance = chance;
    this.table = table;
    this.copies = copies;
    this.mix = mix;
    this.clock = clock;
    this.copiesOf = new SecretCopies(table, clock, pause);
  }

  /** Casts a vote, or finds the one that the voter has cast before with the same number. */
  public Outcome cast(Election election, String voter, String candidate, String number) {
    if (!election.candidates().contains(candidate)) {
      return new Outcome.NoSuchCandidate();
    }
    String region = election.homeOf(election.shardOf(voter));
    if (!table.regions().contains(region)) {
      return new Outcome.NotHere(region);
    }
    SecretVote vote = new SecretVote(voter, candidate, number);
    try {
      if (table.read(region, Keys.ballot(election, voter)).isPresent()) {
        return again(election, region, vote);
      }
      if (!election.isOpen(clock.instant())) {
        return new Outcome.NotOpen();
      }
      return mixer(election, region).cast(vote);
    } catch (SdkException failed) {
      return new Outcome.Unknown("the database did not answer as it should");
    }
  }

  private Mixer mixer(Election election, String region) {
    if (mixers.size() >= MAX_MIXERS) {
      mixers.clear();
    }
    return mixers.computeIfAbsent(
        election.id() + "#" + region,
        _ -> new Mixer(mix, votes -> write(election, region, votes), clock, chance));
  }

  /**
   * Returns the outcome for a voter who has voted: the vote is that of the number, or another. Its
   * reads show to whoever sees requests which ballot is the voter's.
   */
  private Outcome again(Election election, String region, SecretVote vote) {
    Map<String, AttributeValue> key = Keys.secretBallot(election, vote.number(), region);
    Optional<Ballot> ballot = table.read(region, key).map(row -> Ballot.of(vote.number(), row));
    if (ballot.filter(it -> it.candidate().equals(vote.candidate())).isEmpty()) {
      return new Outcome.VotedOtherwise();
    }
    return Optional.ofNullable(
            durable(election, region, Map.of(vote, ballot.get()), false).get(vote))
        .orElseThrow();
  }

  private Map<SecretVote, Outcome> durable(
      Election election, String region, Map<SecretVote, Ballot> ballots, boolean areNew) {
    Set<SecretVote> copied =
        copies == 1 ? ballots.keySet() : copiesOf.await(election, region, ballots, areNew);
    Map<SecretVote, Outcome> outcomes = new HashMap<>();
    ballots.forEach((vote, ballot) ->
        outcomes.put(
            vote,
            copied.contains(vote)
                ? new Outcome.Stored(ballot.receipt(election), areNew)
                : new Outcome.Unknown("the vote is not in a second region yet")));
    return outcomes;
  }

  /** Writes all votes or none; returns the outcomes of those that were written or refused. */
  private Map<SecretVote, Outcome> write(Election election, String region, List<SecretVote> votes) {
    Map<SecretVote, Ballot> ballots = new HashMap<>();
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    votes.forEach(vote ->
        ballots.put(
            vote, new Ballot(vote.number(), vote.candidate(), hour, new Lease(region, EPOCH))));
    List<Part> parts = parts(election, region, ballots);
    Map<SecretVote, Outcome> outcomes = new HashMap<>();
    try {
      var _ =
          table
              .in(region)
              .transactWriteItems(
                  it -> it.transactItems(parts.stream().map(Part::action).toList()));
      return durable(election, region, ballots, true);
    } catch (TransactionCanceledException cancelled) {
      List<CancellationReason> reasons = cancelled.cancellationReasons();
      for (int at = 0; at < parts.size(); at++) {
        if (CONDITION_FAILED.equals(reasons.get(at).code())) {
          Part refused = parts.get(at);
          refused
              .votes()
              .forEach(vote -> outcomes.merge(vote, refused.refusal(), SecretCasting::stronger));
        }
      }
    }
    return outcomes;
  }

  /** Returns that a voter has voted, if one of two refusals says so; else the first one. */
  private static Outcome stronger(Outcome first, Outcome second) {
    return second instanceof Outcome.VotedOtherwise ? second : first;
  }

  /** Returns the actions for votes, ordered by the keys of their rows. */
  private List<Part> parts(Election election, String region, Map<SecretVote, Ballot> ballots) {
    Set<SecretVote> votes = ballots.keySet();
    List<Part> parts = new ArrayList<>();
    SortedSet<Integer> shards = new TreeSet<>();
    for (SecretVote vote : votes) {
      shards.add(election.shardOf(vote.voter()));
      shards.add(election.boxOf(vote.number(), region));
    }
    for (int shard : shards) {
      List<SecretVote> concerned =
          votes.stream()
              .filter(vote ->
                  election.shardOf(vote.voter()) == shard
                      || election.boxOf(vote.number(), region) == shard)
              .toList();
      parts.add(new Part(check(election, region, shard), concerned, new Outcome.NotOpen()));
    }
    votes.stream()
        .sorted(Comparator.comparing(SecretVote::voter))
        .forEach(vote ->
            parts.add(put(mark(election, region, vote), vote, new Outcome.VotedOtherwise())));
    votes.stream()
        .sorted(Comparator.comparing(SecretVote::number))
        .forEach(vote ->
            parts.add(
                put(
                    Optional.ofNullable(ballots.get(vote)).orElseThrow().row(election),
                    vote,
                    new Outcome.NumberTaken())));
    return parts;
  }

  private static Map<String, AttributeValue> mark(
      Election election, String region, SecretVote vote) {
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, vote.voter()));
    row.putAll(new Lease(region, EPOCH).attributes());
    return row;
  }

  private Part put(Map<String, AttributeValue> row, SecretVote vote, Outcome refusal) {
    TransactWriteItem action =
        TransactWriteItem.builder()
            .put(it ->
                it.tableName(table.name())
                    .item(row)
                    .conditionExpression("attribute_not_exists(PK)"))
            .build();
    return new Part(action, List.of(vote), refusal);
  }

  private TransactWriteItem check(Election election, String region, int shard) {
    return TransactWriteItem.builder()
        .conditionCheck(it ->
            it.tableName(table.name())
                .key(Keys.lease(election.id(), shard))
                .conditionExpression(Lease.IS_HELD)
                .expressionAttributeNames(
                    Map.of("#region", Lease.REGION, "#epoch", Lease.EPOCH, "#sealed", Lease.SEALED))
                .expressionAttributeValues(
                    Map.of(":region", Attributes.of(region), ":epoch", Attributes.of(EPOCH))))
        .build();
  }
}
