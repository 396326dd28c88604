package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Publisher;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Counting;
import org.ostraka.voting.count.Sealer;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.count.VoteStream;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Eligibility;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;
import org.ostraka.voting.load.Ledger;
import org.ostraka.voting.load.Load;
import org.ostraka.voting.load.Profile;
import org.ostraka.voting.load.Tokens;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.token.VoterTokens;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * {@code voting demo}: an election in two regions of one endpoint, with a server, counters and a
 * small load, in one process. Whoever signs in with a name may vote; guests may not where an option
 * names claims. The operator's name is operator.
 */
final class DemoCommand {
  private static final Option<String> ENDPOINT =
      Option.withDefault(
          "--endpoint",
          Kind.text("URL"),
          "http://localhost:8000",
          "A DynamoDB endpoint that serves all regions, such as bin/ostraka serve.");
  private static final Option<Integer> PORT =
      Option.withDefault(
          "--port", Kind.whole("PORT", 0, 65_535), "8080", "The port; 0 takes any that is free.");
  private static final Option<Integer> LOAD =
      Option.withDefault(
          "--load", Kind.whole("VOTES", 0, 10_000), "5", "Votes a second; 0 for none.");
  private static final Option<Integer> MINUTES =
      Option.withDefault(
          "--minutes", Kind.whole("MINUTES", 1, 1_440), "60", "How long the election is open.");

  private static final Option<Boolean> SECRET =
      Option.flag("--secret", "Makes the election a secret one.");

  private static final Option<List<String>> VOTERS =
      ClaimOptions.option(
          "--voters",
          "A claim that a voter's token needs, such as custom:district=north. Whoever signs in has"
              + " all that are named, except names that begin with guest.");

  static final Command COMMAND =
      new Command(
          "voting demo",
          "Starts an election in two regions with a small load; needs bin/ostraka serve.",
          List.of(ENDPOINT, PORT, LOAD, MINUTES, SECRET, VOTERS),
          DemoCommand::run);

  private static final System.Logger LOG = System.getLogger(DemoCommand.class.getName());
  private static final String ISSUER = "https://demo.invalid";
  private static final String AUDIENCE = "voting-demo";
  private static final String OPERATOR = "operator";
  private static final String GUEST = "guest";
  private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1");
  private static final List<String> CANDIDATES =
      List.of("Aristides", "Themistocles", "Kimon", "Perikles");
  // Five votes a second in two regions: a second has two of each.
  private static final int MIX = 2;
  private static final int MAX_IN_FLIGHT = 20_000;
  private static final double SKEW = 0.6;
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration PUBLISH = Duration.ofSeconds(2);
  private static final Duration RAMP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration SPIKES = Duration.ofSeconds(45);

  private DemoCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    Map<String, Set<String>> claims = ClaimOptions.of(VOTERS, given);
    return AuditCommand.attempt(
        err,
        () -> {
          InstantSource clock = InstantSource.system();
          IssuerKey issuer = IssuerKey.make(ISSUER, AUDIENCE, clock);
          IssuerKey eligible = issuer.withClaims(claims);
          Eligibility voters = new Eligibility(claims);
          VoteTable table = table(given);
          awaitEndpoint(table, clock);
          if (!DeclareCommand.isReady(table) || !DeclareCommand.isReady(table.counts())) {
            err.println("voting: the tables are not ready in both regions");
            return 1;
          }
          Instant now = clock.instant();
          Election election = election(given, voters, now);
          declare(table, election, now);
          Path directory = Files.createTempDirectory("voting-demo");
          Path keyFile = directory.resolve("receipt-key");
          ReceiptKey key = ReceiptKeyFile.open(keyFile);
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
              VotingServer server =
                  server(given, table, issuer, signIn(issuer, eligible), key, threads)) {
            URI url = URI.create("http://127.0.0.1:" + server.port());
            out.println("Receipts are signed with " + keyFile);
            out.println("Results: " + url + "/results.html?election=" + election.id());
            out.println("Vote:    " + url + "/vote.html?election=" + election.id());
            out.println("Operate: " + url + "/operator.html?election=" + election.id());
            if (!claims.isEmpty()) {
              out.println("Voters have " + claims + ", except names that begin with " + GUEST);
            }
            if (given.get(LOAD) > 0) {
              load(given, url, election, eligible, directory.resolve("ledger"), threads);
            }
            // Last: while one counts, the end of the executor is awaited.
            count(given, table, key, threads);
            new CountDownLatch(1).await();
            return 0;
          }
        });
  }

  private static VoteTable table(Arguments given) {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    REGIONS.forEach(region -> endpoints.put(region, Connections.url(given.get(ENDPOINT))));
    if (System.getenv("AWS_ACCESS_KEY_ID") == null) {
      // A server without principals takes any credentials.
      String _ = System.setProperty("aws.accessKeyId", "demo");
      String _ = System.setProperty("aws.secretAccessKey", "demo");
    }
    return Connections.table("voting", endpoints);
  }

  /** Waits for the server, which may have been started a moment ago. */
  private static void awaitEndpoint(VoteTable table, InstantSource clock) {
    Instant deadline = clock.instant().plus(PATIENCE);
    while (true) {
      try {
        var _ = table.in(REGIONS.getFirst()).listTables();
        return;
      } catch (SdkClientException notYet) {
        if (clock.instant().isAfter(deadline)) {
          throw notYet;
        }
        Connections.pause(PAUSE);
      }
    }
  }

  /** Returns the tokens of those who name themselves. */
  private static Tokens signIn(IssuerKey issuer, IssuerKey eligible) {
    return name -> (name.startsWith(GUEST) ? issuer : eligible).token(name);
  }

  private static Election election(Arguments given, Eligibility voters, Instant now) {
    Election open =
        new Election(
                "demo-" + now.getEpochSecond(),
                CANDIDATES,
                now,
                now.plus(Duration.ofMinutes(given.get(MINUTES))),
                new Sharding(8),
                REGIONS)
            .withVoters(voters);
    return given.get(SECRET) ? open.secret() : open;
  }

  /**
   * Declares an election.
   *
   * @throws IllegalStateException if there is one with its id: another demo began in that second
   */
  static void declare(VoteTable table, Election election, Instant now) {
    if (!new Elections(table).declare(election, now)) {
      throw new IllegalStateException(
          "another demo has declared " + election.id() + " in the same second: start again");
    }
  }

  private static VotingServer server(
      Arguments given,
      VoteTable table,
      IssuerKey issuer,
      Tokens signIn,
      ReceiptKey key,
      ExecutorService threads)
      throws IOException {
    InstantSource clock = InstantSource.system();
    Elections elections = new Elections(table);
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), given.get(PORT)),
        threads,
        new VotingServices(
            elections,
            new Casting(table, 2, clock, Connections::pause),
            new SecretCasting(table, 2, MIX, clock, Connections::pause),
            new VoterTokens(issuer.publicSet(), ISSUER, AUDIENCE, clock),
            key,
            new Tallies(table.counts()),
            new AuditLogs(table.counts(), REGIONS.getFirst()),
            new StateChanges(elections, clock),
            Set.of(OPERATOR),
            Optional.of(signIn),
            clock,
            Connections::pause));
  }

  private static void count(
      Arguments given, VoteTable table, ReceiptKey key, ExecutorService threads) {
    InstantSource clock = InstantSource.system();
    String own = UUID.randomUUID().toString();
    Elections elections = new Elections(table);
    for (String region : REGIONS) {
      VoteStream stream =
          new VoteStream(
              table, region, Connections.stream(region, URI.create(given.get(ENDPOINT))));
      AuditLogs logs = new AuditLogs(table.counts(), region);
      threads.execute(
          new Counting(
                  stream,
                  table.counts(),
                  elections::find,
                  own,
                  LEASE,
                  threads,
                  clock,
                  Connections::pause)
              ::run);
      threads.execute(new Publisher(elections, logs, key, PUBLISH, clock, Connections::pause)::run);
    }
    threads.execute(new Sealer(elections, new Leases(table), clock, Connections::pause)::run);
  }

  private static void load(
      Arguments given,
      URI url,
      Election election,
      IssuerKey eligible,
      Path ledgerFile,
      ExecutorService threads)
      throws IOException {
    Profile profile = profile(given.get(LOAD), Duration.ofMinutes(given.get(MINUTES)));
    Load.Target target = new Load.Target(List.of(url), List.of(election), SKEW, SKEW);
    Ledger ledger = new Ledger(ledgerFile, threads);
    Load load =
        new Load(
            target,
            MAX_IN_FLIGHT,
            eligible::token,
            ledger,
            threads,
            InstantSource.system(),
            Connections::pause);
    threads.execute(() -> {
      try (ledger;
          load) {
        var _ = load.run(profile, "citizen-", RandomGenerator.getDefault());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      } catch (IOException failed) {
        LOG.log(System.Logger.Level.ERROR, failed.getMessage());
      }
    });
  }

  /** Returns a load that begins and ends with the election. */
  static Profile profile(int votesPerSecond, Duration open) {
    return new Profile(votesPerSecond, RAMP, open.minus(RAMP.multipliedBy(2)), SPIKES, 3);
  }
}
