package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Publisher;
import org.ostraka.voting.count.Counting;
import org.ostraka.voting.count.Sealer;
import org.ostraka.voting.count.VoteStream;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;
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

  private static final Option<Optional<Path>> KEY =
      Option.optional(
          "--receipt-key",
          Kind.path("FILE"),
          "The key that signs roots of the audit logs; without it none are published.");
  private static final Option<Integer> PUBLISH =
      Option.withDefault(
          "--publish", Kind.whole("SECONDS", 1, 3_600), "10", "How often roots are published.");

  static final Command COMMAND =
      new Command(
          "voting count",
          "Counts ballots from the table's streams; any number of counters share the work.",
          List.of(
              Connections.REGIONS,
              Connections.STREAMS,
              Connections.TABLE,
              COUNTED,
              LEASE,
              KEY,
              PUBLISH),
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
    Optional<ReceiptKey> key;
    try {
      // Before any thread begins: while one counts, the end of the executor is awaited.
      key = key(given);
    } catch (IOException | IllegalArgumentException failed) {
      err.println("voting: " + failed.getMessage());
      return 1;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String region : regions) {
        VoteStream stream =
            new VoteStream(table, region, Objects.requireNonNull(streams.get(region)));
        threads.execute(
            new Counting(
                    stream,
                    table.counts(),
                    new Elections(table)::find,
                    own,
                    lease,
                    threads,
                    clock,
                    Connections::pause)
                ::run);
      }
      threads.execute(
          new Sealer(new Elections(table), new Leases(table), clock, Connections::pause)::run);
      key.ifPresent(signer -> publish(given, table, regions, signer, threads));
      out.println("Counting " + String.join(", ", regions));
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static Optional<ReceiptKey> key(Arguments given) throws IOException {
    Optional<Path> file = given.get(KEY);
    return file.isPresent() ? Optional.of(ReceiptKeyFile.open(file.get())) : Optional.empty();
  }

  private static void publish(
      Arguments given,
      VoteTable table,
      List<String> regions,
      ReceiptKey key,
      ExecutorService threads) {
    Duration interval = Duration.ofSeconds(given.get(PUBLISH));
    for (String region : regions) {
      threads.execute(
          new Publisher(
                  new Elections(table),
                  new AuditLogs(table.counts(), region),
                  key,
                  interval,
                  InstantSource.system(),
                  Connections::pause)
              ::run);
    }
  }
}
