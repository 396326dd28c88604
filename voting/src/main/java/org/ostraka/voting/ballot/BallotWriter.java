package org.ostraka.voting.ballot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes ballots of open elections to one region, those that come together in one transaction: each
 * where there is none, under the lease of its shard. Any thread.
 */
final class BallotWriter {
  /** A transaction has 100 actions: a ballot and at most one check of a lease for each vote. */
  static final int MAX_TOGETHER = 50;

  private static final int MAX_TRANSACTIONS = 3;
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final VoteTable table;
  private final String region;
  private final InstantSource clock;

  /** A ballot to be written. */
  record Wanted(Election election, Ballot ballot) {
    Map<String, AttributeValue> key() {
      return Keys.ballot(election, ballot.voter());
    }

    private Map<String, AttributeValue> leaseKey() {
      return Keys.lease(election.id(), election.shardOf(ballot.voter()));
    }
  }

  /** What became of a ballot. */
  sealed interface Written {
    /** It is written. */
    record Done() implements Written {}

    /** The voter has a ballot already: this row, which nobody has read yet and may be malformed. */
    record Before(Map<String, AttributeValue> row) implements Written {}

    /** The lease is not as it was read. */
    record Fenced() implements Written {}

    /** It is not written: others were in the way. */
    record NotNow() implements Written {}

    /** It is not written: it has waited for too long. */
    record Late() implements Written {}
  }

  /**
   * A transaction for some ballots. The position of a ballot's check and its own are those of their
   * actions.
   */
  private record Actions(
      List<Wanted> ballots, List<TransactWriteItem> actions, Map<Wanted, Integer> checks) {
    private int put(int ballot) {
      return actions.size() - ballots.size() + ballot;
    }
  }

  BallotWriter(VoteTable table, String region, InstantSource clock) {
    this.table = table;
    this.region = region;
    this.clock = clock;
  }

  /**
   * Writes ballots of different voters. A ballot that cannot be written is answered, and the rest
   * is written without it.
   */
  List<Written> write(List<Wanted> ballots) {
    Map<Wanted, Written> results = new HashMap<>();
    Map<Map<String, AttributeValue>, Lease> leases = new HashMap<>();
    List<Wanted> open = new ArrayList<>();
    for (Wanted wanted : ballots) {
      Lease lease = wanted.ballot().lease();
      if (leases.computeIfAbsent(wanted.leaseKey(), _ -> lease).equals(lease)) {
        open.add(wanted);
      } else {
        // One of both is an old one, and a transaction checks a row once.
        results.put(wanted, new Written.Fenced());
      }
    }
    for (int attempt = 0; attempt < MAX_TRANSACTIONS; attempt++) {
      // A transaction may take seconds, so each has a time of its own.
      Instant now = clock.instant();
      open.stream()
          .filter(wanted -> isLate(wanted, now))
          .forEach(wanted -> results.put(wanted, new Written.Late()));
      open.removeAll(results.keySet());
      Map<Wanted, Written> some = open.isEmpty() ? Map.of() : transact(actions(open, now));
      if (some.isEmpty()) {
        break;
      }
      results.putAll(some);
      open.removeAll(some.keySet());
    }
    return ballots.stream()
        .map(wanted -> results.getOrDefault(wanted, new Written.NotNow()))
        .toList();
  }

  /** Returns whether it is too late: a ballot says when it was cast, and is written soon after. */
  private static boolean isLate(Wanted wanted, Instant now) {
    return !now.isBefore(wanted.ballot().cast().plus(MAX_WAIT));
  }

  /** Writes all or nothing; returns the results that are known. */
  private Map<Wanted, Written> transact(Actions transaction) {
    Map<Wanted, Written> results = new HashMap<>();
    try {
      var _ = table.in(region).transactWriteItems(it -> it.transactItems(transaction.actions()));
      transaction.ballots().forEach(wanted -> results.put(wanted, new Written.Done()));
    } catch (TransactionCanceledException cancelled) {
      List<CancellationReason> reasons = cancelled.cancellationReasons();
      for (int at = 0; at < transaction.ballots().size(); at++) {
        Wanted wanted = transaction.ballots().get(at);
        int check = transaction.checks().getOrDefault(wanted, 0);
        CancellationReason ofBallot = reasons.get(transaction.put(at));
        if (CONDITION_FAILED.equals(reasons.get(check).code())) {
          results.put(wanted, new Written.Fenced());
        } else if (CONDITION_FAILED.equals(ofBallot.code())) {
          results.put(wanted, new Written.Before(ofBallot.item()));
        }
      }
    }
    return results;
  }

  /** Returns one check for each lease, then the ballots. */
  private Actions actions(List<Wanted> open, Instant now) {
    Map<Map<String, AttributeValue>, Integer> positions = new LinkedHashMap<>();
    Map<Wanted, Integer> checks = new HashMap<>();
    List<TransactWriteItem> actions = new ArrayList<>();
    for (Wanted wanted : open) {
      int check = positions.computeIfAbsent(wanted.leaseKey(), _ -> positions.size());
      checks.put(wanted, check);
      if (check == actions.size()) {
        actions.add(check(wanted, now));
      }
    }
    open.forEach(wanted -> actions.add(put(wanted)));
    return new Actions(List.copyOf(open), actions, checks);
  }

  private TransactWriteItem check(Wanted wanted, Instant now) {
    Lease lease = wanted.ballot().lease();
    return TransactWriteItem.builder()
        .conditionCheck(it ->
            it.tableName(table.name())
                .key(wanted.leaseKey())
                .conditionExpression(
                    Lease.IS_HELD + " AND (attribute_not_exists(#until) OR #until > :now)")
                .expressionAttributeNames(
                    Map.of(
                        "#region",
                        Lease.REGION,
                        "#epoch",
                        Lease.EPOCH,
                        "#sealed",
                        Lease.SEALED,
                        "#until",
                        Lease.UNTIL))
                .expressionAttributeValues(
                    Map.of(
                        ":region",
                        Attributes.of(lease.region()),
                        ":epoch",
                        Attributes.of(lease.epoch()),
                        ":now",
                        Attributes.of(now.toEpochMilli()))))
        .build();
  }

  private TransactWriteItem put(Wanted wanted) {
    return TransactWriteItem.builder()
        .put(it ->
            it.tableName(table.name())
                .item(wanted.ballot().row(wanted.election()))
                .conditionExpression("attribute_not_exists(PK)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }
}
