package org.ostraka.voting;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Publisher;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.Terms;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Three regions in memory, between which a test copies rows when it wants to. */
public final class ThreeMemories {
  public static final String FIRST = "eu-central-1";
  public static final String SECOND = "eu-west-1";
  public static final String THIRD = "us-east-1";
  public static final List<String> REGIONS = List.of(FIRST, SECOND, THIRD);
  public static final String BALLOTS = "voting";
  public static final String COUNTS = "voting-count";

  /** When votes are cast, when the leases of a lost region can be moved, and when all is quiet. */
  public static final Instant OPEN = TwoMemories.OPENS.plusSeconds(1);

  public static final Instant LATER = OPEN.plusSeconds(300);
  public static final Instant CLOSED = TwoMemories.CLOSES.plus(Leases.GRACE).plusMillis(1);

  private static final Duration TERM = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private final Map<String, MemoryRegion> regions = new LinkedHashMap<>();

  public ThreeMemories() {
    REGIONS.forEach(region -> regions.put(region, new MemoryRegion()));
  }

  public MemoryRegion in(String region) {
    return requireNonNull(regions.get(region));
  }

  /** Returns the table as a client of all regions sees it. */
  public VoteTable table() {
    return table(REGIONS);
  }

  /** Returns the table as a client of some regions sees it. */
  public VoteTable table(List<String> of) {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    of.forEach(region -> clients.put(region, in(region)));
    return new VoteTable(BALLOTS, clients);
  }

  /** Declares an election with candidates a and b, which all regions know. */
  public Election declare(int shards, boolean haveTerms, boolean isSecret) {
    Election open =
        new Election(
            "e",
            List.of("a", "b"),
            TwoMemories.OPENS,
            TwoMemories.CLOSES,
            new Sharding(shards),
            REGIONS);
    Election election = isSecret ? open.secret() : open;
    boolean _ = new Elections(table()).declare(election, TwoMemories.OPENS, haveTerms);
    copy(BALLOTS, FIRST, SECOND, _ -> true);
    copy(BALLOTS, FIRST, THIRD, _ -> true);
    if (haveTerms) {
      Terms terms = new Terms(table(), InstantSource.fixed(OPEN));
      for (int shard = 0; shard < shards; shard++) {
        boolean _ = terms.renew(election, shard, election.homeOf(shard), OPEN.plus(TERM), Set.of());
      }
    }
    return election;
  }

  /** Copies rows of a table from a region to another one, as replication does. */
  public void copy(
      String table, String from, String to, Predicate<Map<String, AttributeValue>> which) {
    in(from).rows(table).stream()
        .filter(which)
        .filter(row -> !in(to).row(table, Keys.of(row)).equals(row))
        .forEach(row -> in(to).write(table, row));
  }

  /** Moves the leases of a lost region to another one, which all regions that are left hear of. */
  public void move(Election election, String lost, String to) {
    Terms terms = new Terms(table(), InstantSource.fixed(LATER));
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      var _ = terms.move(election, shard, lost, to, MARGIN);
      int moved = shard;
      for (String other : REGIONS) {
        if (!other.equals(lost) && !other.equals(to)) {
          copy(BALLOTS, to, other, row -> Keys.of(row).equals(Keys.lease("e", moved)));
        }
      }
      boolean _ = terms.renew(election, shard, to, LATER.plus(TERM), Set.of(lost));
    }
  }

  /** Publishes the roots of the logs of a region. */
  public void publish(Election election, String region, ReceiptKey key) {
    publisher(REGIONS, region, key).publish(election);
  }

  /**
   * Returns a publisher of a region, which rests for no time between its rounds.
   *
   * @param regions those that it reaches
   */
  public Publisher publisher(List<String> regions, String region, ReceiptKey key) {
    return new Publisher(
        new Elections(table(List.of(region))),
        new AuditLogs(table(regions).counts(), region),
        key,
        Duration.ZERO,
        InstantSource.fixed(OPEN),
        _ -> Thread.currentThread().interrupt());
  }
}
