package org.ostraka.voting.count;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.ostraka.voting.MemoryRegion;
import org.ostraka.voting.MemoryStream;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.Takeovers;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Counts the stream of a region in memory. */
final class StreamCount {
  private StreamCount() {}

  /** Counts what is not counted yet in the stream of a region. */
  static void count(String region, MemoryRegion of) {
    Map<String, DynamoDbClient> alone = Map.of(region, of);
    count(new VoteTable("voting", alone), region, of);
  }

  /**
   * Counts what is not counted yet in the stream of a region, unless another region that a table
   * has says that it has taken the count over.
   */
  static void count(VoteTable table, String region, MemoryRegion of) {
    Takeovers takeovers = new Takeovers(table.counts(), region, "it is not counted");
    takeovers.look();
    Checkpoints checkpoints = new Checkpoints(table.counts(), region, "arn");
    Checkpoint from =
        checkpoints.find("shard-1").or(() -> checkpoints.add("shard-1", "counter")).orElseThrow();
    VoteStream stream = new VoteStream(table, region, new MemoryStream(of, "voting"));
    new ShardCounter(
            stream,
            checkpoints,
            from,
            new Paper(new Elections(table)::find),
            takeovers::contains,
            Duration.ofSeconds(1),
            InstantSource.fixed(TwoMemories.OPENS.plusSeconds(1)),
            _ -> {})
        .run(() -> false, () -> {});
  }
}
