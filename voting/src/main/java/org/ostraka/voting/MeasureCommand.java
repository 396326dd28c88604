package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.CopyWait;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;
import org.ostraka.voting.load.ClosedLoop;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.token.VoterTokens;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code voting measure}: votes a second, beside the same ballots written by hand as conditional
 * puts, in turns.
 */
final class MeasureCommand {
  private static final Option<Integer> CLIENTS =
      Option.withDefault(
          "--clients", Kind.whole("CLIENTS", 1, 200), "64", "How many vote at the same time.");
  private static final Option<Integer> SECONDS =
      Option.withDefault(
          "--for", Kind.whole("SECONDS", 1, 3_600), "5", "How long each turn takes.");
  private static final Option<Integer> ROUNDS =
      Option.withDefault(
          "--rounds", Kind.whole("ROUNDS", 1, 100), "5", "How many turns each kind has.");
  private static final Option<Integer> COPIES =
      Option.withDefault(
          "--copies", Kind.whole("REGIONS", 1, 2), "1", "In how many regions a vote is durable.");

  private static final Option<List<Long>> PROCESSES =
      Option.repeatable(
          "--process",
          Kind.whole("PID"),
          "A process of this machine, such as a database's, whose processor's time is shown.");

  static final Command COMMAND =
      new Command(
          "voting measure",
          "Measures votes a second beside conditional puts of the same ballots.",
          List.of(
              Connections.REGIONS,
              Connections.TABLE,
              CLIENTS,
              SECONDS,
              ROUNDS,
              COPIES,
              ServeCommand.TOGETHER,
              PROCESSES),
          MeasureCommand::run);

  private static final String PUTS = "conditional puts";
  private static final String COPIED = "puts, and a copy";
  private static final String READS = "reads";
  private static final String ALONE = "votes, each alone";
  private static final String VOTES = "votes";
  private static final String REQUESTS = "votes over HTTP";
  private static final String ISSUER = "https://measure.invalid";
  private static final String AUDIENCE = "voting-measure";
  private static final Duration COPY_PATIENCE = Duration.ofSeconds(10);
  private static final int SHARDS = 64;

  private MeasureCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    return AuditCommand.attempt(
        err,
        () -> {
          VoteTable table = Connections.table(given);
          if (!DeclareCommand.isReady(table)) {
            throw new IllegalStateException("the table is not ready in all regions");
          }
          InstantSource clock = InstantSource.system();
          Election election = declare(table, clock);
          int copies = given.get(COPIES);
          CopyWait copyWait = new CopyWait();
          Casting alone = new Casting(table, copies, 1, clock, Connections::pause);
          Casting casting =
              new Casting(
                  table, copies, given.get(ServeCommand.TOGETHER), clock, Connections::pause);
          IssuerKey issuer = IssuerKey.make(ISSUER, AUDIENCE, clock);
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
              HttpClient http =
                  HttpClient.newBuilder()
                      .executor(threads)
                      .version(HttpClient.Version.HTTP_1_1)
                      .build();
              VotingServer server = server(table, casting, issuer, threads, clock)) {
            URI votes = URI.create("http://127.0.0.1:" + server.port() + path(election));
            Map<String, ClosedLoop.Work> kinds = new LinkedHashMap<>();
            kinds.put(PUTS, voter -> put(table, election, "p-" + voter, clock));
            if (copies > 1) {
              kinds.put(
                  COPIED, voter -> putAndWait(table, election, "c-" + voter, clock, copyWait));
            }
            kinds.put(READS, voter -> read(table, election, "p-" + voter));
            kinds.put(
                ALONE, voter -> alone.cast(election, "w-" + voter, "a") instanceof Outcome.Stored);
            kinds.put(
                VOTES,
                voter -> casting.cast(election, "v-" + voter, "a") instanceof Outcome.Stored);
            kinds.put(REQUESTS, new VotesOverHttp(http, votes, issuer::token));
            ClosedLoop loop =
                new ClosedLoop(
                    given.get(CLIENTS),
                    Duration.ofSeconds(given.get(SECONDS)),
                    threads,
                    processes(given));
            loop.run(kinds, given.get(ROUNDS));
            print(loop, kinds.keySet(), out);
            return loop.failures() == 0 ? 0 : 1;
          }
        });
  }

  private static Election declare(VoteTable table, InstantSource clock) {
    Instant now = clock.instant();
    Election election =
        new Election(
            "measure-" + now.toEpochMilli(),
            List.of("a", "b"),
            now,
            now.plus(Duration.ofDays(1)),
            new Sharding(SHARDS),
            table.regions());
    boolean _ = new Elections(table).declare(election, now);
    return election;
  }

  private static String path(Election election) {
    return "/elections/" + election.id() + "/votes";
  }

  /** Writes the ballot that a vote would write, as one conditional put in the voter's region. */
  private static boolean put(
      VoteTable table, Election election, String voter, InstantSource clock) {
    String home = election.homeOf(election.shardOf(voter));
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, voter));
    row.putAll(new Lease(home, 1).attributes());
    row.put(Ballot.CANDIDATE, Attributes.of("a"));
    row.put(Ballot.CAST, Attributes.of(clock.instant().toString()));
    return table.add(home, row);
  }

  /** Writes a ballot as a conditional put, and waits as votes do until another region has it. */
  private static boolean putAndWait(
      VoteTable table, Election election, String voter, InstantSource clock, CopyWait copyWait) {
    boolean isNew = put(table, election, voter, clock);
    String home = election.homeOf(election.shardOf(voter));
    String other =
        table.regions().stream().filter(region -> !region.equals(home)).findFirst().orElseThrow();
    Instant from = clock.instant();
    Connections.pause(copyWait.first());
    while (table.read(other, Keys.ballot(election, voter)).isEmpty()) {
      if (clock.instant().isAfter(from.plus(COPY_PATIENCE))) {
        return false;
      }
      Connections.pause(copyWait.next());
    }
    copyWait.saw(Duration.between(from, clock.instant()));
    return isNew;
  }

  /** Looks for a ballot in the other region, where there is one. */
  private static boolean read(VoteTable table, Election election, String voter) {
    var _ = table.read(table.regions().getLast(), Keys.ballot(election, voter));
    return true;
  }

  /** Returns this process, and those that were named. */
  private static List<ProcessHandle> processes(Arguments given) {
    List<ProcessHandle> processes = new ArrayList<>(List.of(ProcessHandle.current()));
    for (long pid : given.get(PROCESSES)) {
      processes.add(
          ProcessHandle.of(pid)
              .orElseThrow(() -> new IllegalArgumentException("no process " + pid)));
    }
    return processes;
  }

  private static VotingServer server(
      VoteTable table,
      Casting casting,
      IssuerKey issuer,
      ExecutorService threads,
      InstantSource clock)
      throws IOException {
    Path key = Files.createTempDirectory("voting-measure").resolve("receipt-key");
    Elections elections = new Elections(table);
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        threads,
        new VotingServices(
            elections,
            casting,
            new SecretCasting(table, 1, 1, clock, Connections::pause),
            new VoterTokens(issuer.publicSet(), ISSUER, AUDIENCE, clock),
            ReceiptKeyFile.open(key),
            new Tallies(table.counts()),
            new AuditLogs(table.counts(), table.regions().getFirst()),
            new StateChanges(elections, clock),
            Set.of(),
            Optional.empty(),
            clock,
            Connections::pause));
  }

  private static void print(ClosedLoop loop, Set<String> kinds, PrintWriter out) {
    // What the same durability costs by hand.
    String beside = kinds.contains(COPIED) ? COPIED : PUTS;
    out.println("Signatures by " + NativeSignatures.signer());
    for (String kind : kinds) {
      out.printf(
          Locale.ROOT,
          "%-18s %8.0f a second, %5.2f of the %s, p50 %5.1f ms, p99 %6.1f ms, processors %s us%n",
          kind,
          loop.rate(kind),
          loop.ratio(kind, beside),
          beside,
          loop.percentileMillis(kind, 0.5),
          loop.percentileMillis(kind, 0.99),
          Arrays.stream(loop.busyMicros(kind)).mapToObj(it -> "%.0f".formatted(it)).toList());
    }
    out.println("Medians of the rounds; ratios within each round. Failures: " + loop.failures());
  }
}
