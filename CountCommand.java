package org.ostraka.voting;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.count.Counting;
import org.ostraka.voting.count.Sealer;
import org.ostraka.voting.count.VoteStream;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** {@code voting count}: counts the streams of regions until it is ended. */
final class CountCommand {
  private static final Option<List<String>> COUNTED =
      Option.repeatable(
          "--count",
          Kind.text("REGION"),
          "A region whose stream is counted; all when none is named.");
  private static final Option<Integer> LEASE =
      Option.withDefault(
          "--lease",
          Kind.whole("SECONDS", 1, 600),
          "10",
          "After what silence another counter takes over a shard.");

  static final Command COMMAND =
      new Command(
          "voting count",
          "Counts ballots from the table's streams; any number of counters share the work.",
          List.of(Connections.REGIONS, Connections.STREAMS, Connections.TABLE, COUNTED, LEASE),
          CountCommand::run);

  private CountCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    VoteTable table = Connections.table(given);
    Map<String, DynamoDbStreamsClient> streams = Connections.streams(given);
    List<String> regions = given.get(COUNTED).isEmpty() ? table.regions() : given.get(COUNTED);
    if (!table.regions().containsAll(regions)) {
      throw new BadArgumentsException("--count names a region without --region");
    }
    InstantSource clock = InstantSource.system();
    Duration lease = Duration.ofSeconds(given.get(LEASE));
    String own = UUID.randomUUID().toString();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String region : regions) {
        VoteStream stream = new VoteStream(table, region, streams.get(region));
        threads.execute(
            new Counting(stream, table.counts(), own, lease, threads, clock, Connections::pause)
                ::run);
      }
      threads.execute(
          new Sealer(new Elections(table), new Leases(table), clock, Connections::pause)::run);
      out.println("Counting " + String.join(", ", regions));
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
