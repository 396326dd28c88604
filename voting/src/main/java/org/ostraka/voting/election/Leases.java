package org.ostraka.voting.election;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The leases of shards, as an operator changes them. Any thread. */
public final class Leases {
  /**
   * How long after the close a vote that began before it may still be written: the time that a
   * server waits for the database.
   */
  public static final Duration GRACE = Duration.ofSeconds(10);

  private static final int MAX_ATTEMPTS = 10;

  private final VoteTable table;
  private final Set<String> without;

  public Leases(VoteTable table) {
    this(table, Set.of());
  }

  /**
   * Makes the leases of a table.
   *
   * @param without regions that the election office has given up: they are not asked, and their
   *     leases cannot be sealed until they are moved
   */
  public Leases(VoteTable table, Set<String> without) {
    this.table = table;
    this.without = Set.copyOf(without);
  }

  /**
   * Seals the leases of all shards, each in the region that has it. Every vote checks its lease in
   * the transaction that writes it, so no vote is written to a shard after its seal. An interrupted
   * sealing can be repeated.
   *
   * <p>A shard that cannot be sealed stops no other one. A region that does not answer is asked
   * once: an answer that does not come takes many seconds, and an election has thousands of shards.
   *
   * @return the number of shards that were not sealed before
   * @throws IllegalStateException after all others, if there are shards that could not be sealed
   */
  public int seal(Election election) {
    Answering answering = new Answering();
    int sealed = 0;
    List<Failure> failures = new ArrayList<>();
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      try {
        sealed += seal(election, shard, answering) ? 1 : 0;
      } catch (SdkException | IllegalStateException | IllegalArgumentException cannot) {
        boolean _ = failures.add(new Failure(shard, cannot));
      }
    }
    if (!failures.isEmpty()) {
      Failure first = failures.getFirst();
      throw new IllegalStateException(
          "sealed %d shards now; %d of %d cannot be sealed, the first is shard %d: %s"
              .formatted(
                  sealed,
                  failures.size(),
                  election.sharding().shards(),
                  first.shard(),
                  first.cause().getMessage()),
          first.cause());
    }
    return sealed;
  }

  private record Failure(int shard, RuntimeException cause) {}

  /** Knows which regions did not answer. One thread. */
  private static final class Answering {
    private final Set<String> away = new HashSet<>();

    /**
     * Asks a region.
     *
     * @throws IllegalStateException if it did not answer before
     */
    private <T> T ask(String region, Supplier<T> question) {
      if (away.contains(region)) {
        throw new IllegalStateException(region + " does not answer");
      }
      try {
        return question.get();
      } catch (SdkClientException silent) {
        boolean _ = away.add(region);
        throw silent;
      }
    }
  }

  private boolean seal(Election election, int shard, Answering answering) {
    Map<String, AttributeValue> key = Keys.lease(election.id(), shard);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Lease lease = current(election, shard, answering);
      if (lease.isSealed()) {
        return false;
      }
      if (answering.ask(lease.region(), () -> seal(key, lease))) {
        return true;
      }
    }
    throw new IllegalStateException("the lease of shard " + shard + " changes all the time");
  }

  /**
   * Returns the lease as the region that has it knows it. A lease with terms may have been taken
   * from a region that does not know it yet: all regions of the election that are not given up are
   * asked, and the latest epoch holds.
   */
  public Lease current(Election election, int shard) {
    return current(election, shard, new Answering());
  }

  private Lease current(Election election, int shard, Answering answering) {
    String region = table.regions().getFirst();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Lease lease = read(election, shard, region, answering);
      if (lease.until().isPresent()) {
        lease = latest(election, shard, answering);
      }
      if (without.contains(lease.region())) {
        throw new IllegalStateException(
            "its lease is in " + lease.region() + ", which is given up");
      }
      if (lease.region().equals(region)) {
        return lease;
      }
      region = lease.region();
    }
    throw new IllegalStateException("the lease of shard " + shard + " changes all the time");
  }

  /**
   * Returns the lease of a shard with the latest epoch that a region has which is not given up,
   * whoever has the lease.
   */
  public Lease latest(Election election, int shard) {
    return latest(election, shard, new Answering());
  }

  private Lease latest(Election election, int shard, Answering answering) {
    return election.regions().stream()
        .filter(region -> !without.contains(region))
        .map(region -> read(election, shard, region, answering))
        .max(Comparator.comparingLong(Lease::epoch).thenComparing(Lease::isSealed))
        .orElseThrow();
  }

  private Lease read(Election election, int shard, String region, Answering answering) {
    return answering
        .ask(region, () -> table.read(region, Keys.lease(election.id(), shard)))
        .map(Lease::of)
        .orElseThrow(
            () -> new IllegalStateException("shard " + shard + " has no lease in " + region));
  }

  /** Seals a lease if it is still as it was read. */
  private boolean seal(Map<String, AttributeValue> key, Lease lease) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":region", AttributeValue.fromS(lease.region()));
    values.put(":epoch", AttributeValue.fromN(Long.toString(lease.epoch())));
    values.put(":true", AttributeValue.fromBool(true));
    try {
      var _ =
          table
              .in(lease.region())
              .updateItem(it ->
                  it.tableName(table.name())
                      .key(key)
                      .updateExpression("SET #sealed = :true")
                      .conditionExpression(
                          "#region = :region AND #epoch = :epoch"
                              + " AND attribute_not_exists(#sealed)")
                      .expressionAttributeNames(
                          Map.of(
                              "#region", Lease.REGION,
                              "#epoch", Lease.EPOCH,
                              "#sealed", Lease.SEALED))
                      .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException changed) {
      return false;
    }
  }
}
