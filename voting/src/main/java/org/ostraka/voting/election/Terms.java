package org.ostraka.voting.election;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The terms of leases: a lease with a term accepts votes until it ends, so that another region can
 * take the shard over when it has ended for certain. Any thread.
 *
 * <p>A term is made longer in two steps. First every other region grants it: it notes the new end
 * in its own copy of the table, under the condition that it has not taken the shard over. Only then
 * the lease gets the new end. So each region has a bound for the terms of the others, also when it
 * hears nothing of them.
 */
public final class Terms {
  private final VoteTable table;
  private final InstantSource clock;

  /** What became of the moving of a lease. */
  public enum Move {
    /** The region has the lease now. */
    MOVED,
    /** The old region may still accept votes. */
    NOT_YET,
    /** There is nothing to move: the old region does not have the lease. */
    NOT_THERE,
    /** The lease has no term, so nobody knows when the old region stops. */
    NO_TERM
  }

  public Terms(VoteTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Gives a region's lease of a shard a new end, if the region has it and its term is not over.
   *
   * @param lost regions whose grant is not asked for, since the election office has given them up
   * @return whether it has the new end
   */
  public boolean renew(
      Election election, int shard, String region, Instant until, Set<String> lost) {
    Map<String, AttributeValue> key = Keys.lease(election.id(), shard);
    Optional<Lease> lease =
        table
            .read(region, key)
            .map(Lease::of)
            .filter(it -> it.region().equals(region) && !it.isSealed() && it.until().isPresent());
    if (lease.isEmpty()) {
      return false;
    }
    for (String other : election.regions()) {
      if (!other.equals(region)
          && !lost.contains(other)
          && !grant(election, shard, lease.get(), other, until)) {
        return false;
      }
    }
    return table.commit(
        region, List.of(TransactWriteItem.builder().update(end(key, lease.get(), until)).build()));
  }

  /** Notes in another region that a lease may have this end; what it granted never gets shorter. */
  private boolean grant(Election election, int shard, Lease lease, String by, Instant until) {
    Map<String, AttributeValue> grant = new HashMap<>(Keys.grant(election.id(), shard, by));
    grant.put(Lease.EPOCH, Attributes.of(lease.epoch()));
    grant.put(Lease.UNTIL, Attributes.of(until.toEpochMilli()));
    return table.commit(
        by,
        List.of(
            check(Keys.lease(election.id(), shard), lease),
            TransactWriteItem.builder()
                .put(it ->
                    it.tableName(table.name())
                        .item(grant)
                        .conditionExpression(
                            "attribute_not_exists(PK) OR #epoch < :epoch OR #until <= :until")
                        .expressionAttributeNames(
                            Map.of("#epoch", Lease.EPOCH, "#until", Lease.UNTIL))
                        .expressionAttributeValues(
                            Map.of(
                                ":epoch", Attributes.attribute(grant, Lease.EPOCH),
                                ":until", Attributes.attribute(grant, Lease.UNTIL))))
                .build()));
  }

  /**
   * Takes a shard over from a region that is lost, in the copy of the region that gets it.
   *
   * @param margin what clocks may differ, and a write that was sent may take
   */
  public Move move(Election election, int shard, String from, String to, Duration margin) {
    Map<String, AttributeValue> key = Keys.lease(election.id(), shard);
    Lease lease =
        table
            .read(to, key)
            .map(Lease::of)
            .orElseThrow(() -> new IllegalStateException("shard " + shard + " has no lease"));
    if (!lease.region().equals(from) || lease.isSealed()) {
      return Move.NOT_THERE;
    }
    if (lease.until().isEmpty()) {
      return Move.NO_TERM;
    }
    Map<String, AttributeValue> grantKey = Keys.grant(election.id(), shard, to);
    Optional<Map<String, AttributeValue>> grant = table.read(to, grantKey);
    Instant granted =
        grant
            .filter(row -> Attributes.number(row, Lease.EPOCH) == lease.epoch())
            .map(row -> Instant.ofEpochMilli(Attributes.number(row, Lease.UNTIL)))
            .orElse(Instant.EPOCH);
    Instant end = lease.until().filter(granted::isBefore).orElse(granted);
    if (!clock.instant().isAfter(end.plus(margin))) {
      return Move.NOT_YET;
    }
    boolean isMoved =
        table.commit(
            to,
            List.of(
                TransactWriteItem.builder().update(takeOver(key, lease, to)).build(),
                unchanged(grantKey, grant)));
    return isMoved ? Move.MOVED : Move.NOT_YET;
  }

  private Update takeOver(Map<String, AttributeValue> key, Lease lease, String to) {
    Map<String, AttributeValue> values = new HashMap<>(values(lease));
    values.put(":to", Attributes.of(to));
    values.put(":next", Attributes.of(lease.epoch() + 1));
    values.put(":now", Attributes.of(clock.instant().toEpochMilli()));
    return update(key, values, "SET #region = :to, #epoch = :next, #until = :now", "");
  }

  private Update end(Map<String, AttributeValue> key, Lease lease, Instant until) {
    Map<String, AttributeValue> values = new HashMap<>(values(lease));
    values.put(":until", Attributes.of(until.toEpochMilli()));
    return update(key, values, "SET #until = :until", " AND attribute_exists(#until)");
  }

  private Update update(
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> values,
      String expression,
      String condition) {
    return Update.builder()
        .tableName(table.name())
        .key(key)
        .updateExpression(expression)
        .conditionExpression(Lease.IS_HELD + condition)
        .expressionAttributeNames(
            Map.of(
                "#region", Lease.REGION,
                "#epoch", Lease.EPOCH,
                "#sealed", Lease.SEALED,
                "#until", Lease.UNTIL))
        .expressionAttributeValues(values)
        .build();
  }

  private TransactWriteItem check(Map<String, AttributeValue> key, Lease lease) {
    return TransactWriteItem.builder()
        .conditionCheck(it ->
            it.tableName(table.name())
                .key(key)
                .conditionExpression(Lease.IS_HELD)
                .expressionAttributeNames(
                    Map.of("#region", Lease.REGION, "#epoch", Lease.EPOCH, "#sealed", Lease.SEALED))
                .expressionAttributeValues(values(lease)))
        .build();
  }

  /** Checks that nothing was granted since a grant was read. */
  private TransactWriteItem unchanged(
      Map<String, AttributeValue> key, Optional<Map<String, AttributeValue>> grant) {
    return TransactWriteItem.builder()
        .conditionCheck(it -> {
          var check = it.tableName(table.name()).key(key);
          if (grant.isEmpty()) {
            check.conditionExpression("attribute_not_exists(PK)");
          } else {
            check
                .conditionExpression("#until = :until AND #epoch = :epoch")
                .expressionAttributeNames(Map.of("#until", Lease.UNTIL, "#epoch", Lease.EPOCH))
                .expressionAttributeValues(
                    Map.of(
                        ":until", Attributes.attribute(grant.get(), Lease.UNTIL),
                        ":epoch", Attributes.attribute(grant.get(), Lease.EPOCH)));
          }
        })
        .build();
  }

  private static Map<String, AttributeValue> values(Lease lease) {
    return Map.of(":region", Attributes.of(lease.region()), ":epoch", Attributes.of(lease.epoch()));
  }
}
