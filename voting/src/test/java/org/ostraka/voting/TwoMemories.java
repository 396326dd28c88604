package org.ostraka.voting;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two regions in memory, between which a test copies rows when it wants to. */
public final class TwoMemories {
  public static final String HERE = "eu-central-1";
  public static final String THERE = "eu-west-1";
  public static final Instant OPENS = Instant.parse("2026-11-01T08:00:00Z");
  public static final Instant CLOSES = Instant.parse("2026-11-01T18:00:00Z");

  public final MemoryRegion here = new MemoryRegion();
  public final MemoryRegion there = new MemoryRegion();

  /** Returns the table as a client of the first region sees it. */
  public VoteTable table() {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    clients.put(HERE, here);
    clients.put(THERE, there);
    return new VoteTable("voting", clients);
  }

  /** Declares an election with candidates a and b, which both regions know. */
  public Election declare(String id, int shards, boolean haveTerms) {
    Election election =
        new Election(
            id, List.of("a", "b"), OPENS, CLOSES, new Sharding(shards), List.of(HERE, THERE));
    boolean _ = new Elections(table()).declare(election, OPENS, haveTerms);
    replicate();
    return election;
  }

  /** Copies all rows of the first region to the second, as replication does. */
  public void replicate() {
    for (Map<String, AttributeValue> row : here.rows("voting")) {
      if (!there.row("voting", key(row)).equals(row)) {
        there.write("voting", row);
      }
    }
  }

  /** Copies one row between the regions. */
  public static void copy(MemoryRegion from, MemoryRegion to, Map<String, AttributeValue> key) {
    to.write("voting", from.row("voting", key));
  }

  /** Waits until something holds. */
  public static void await(BooleanSupplier holds) {
    TwoRegions.await("it holds", holds);
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> row) {
    return Map.of(
        Keys.PARTITION, requireNonNull(row.get(Keys.PARTITION)),
        Keys.SORT, requireNonNull(row.get(Keys.SORT)));
  }

  /** Returns a voter of a shard. */
  public static String voterOf(Election election, int shard, int skip) {
    return IntStream.range(0, 100_000)
        .mapToObj(number -> "voter-" + number)
        .filter(voter -> election.shardOf(voter) == shard)
        .skip(skip)
        .findFirst()
        .orElseThrow();
  }
}
