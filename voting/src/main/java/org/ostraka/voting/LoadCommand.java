package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGeneratorFactory;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.load.Ledger;
import org.ostraka.voting.load.Load;
import org.ostraka.voting.load.Profile;
import org.ostraka.voting.load.Score;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.wire.ElectionJson;

/** {@code voting load}: sends votes as they arrive, and keeps a ledger of receipts. */
final class LoadCommand {
  private static final Option<List<String>> SERVERS =
      Option.repeatable("--url", Kind.text("URL"), "A server of the voting system.");
  private static final Option<List<String>> ELECTIONS =
      Option.repeatable("--election", Kind.text("ID"), "An election, the most popular first.");
  private static final Option<Integer> PEAK =
      Option.withDefault(
          "--peak", Kind.whole("VOTES", 1, 1_000_000), "100", "Votes a second at the peak.");
  private static final Option<Integer> RAMP =
      Option.withDefault(
          "--ramp", Kind.whole("SECONDS", 1, 86_400), "5", "How long each ramp takes.");
  private static final Option<Integer> PLATEAU =
      Option.withDefault(
          "--for", Kind.whole("SECONDS", 0, 86_400), "20", "How long the peak lasts.");
  private static final Option<Integer> SPIKE_EVERY =
      Option.withDefault(
          "--spike-every",
          Kind.whole("SECONDS", 1, 86_400),
          "10",
          "From one spike to the next; a spike lasts a second.");
  private static final Option<Double> SPIKE =
      Option.withDefault(
          "--spike",
          Kind.number("FACTOR", "a number from 1", factor -> factor >= 1),
          "2",
          "How much more arrives during a spike.");
  private static final Option<Integer> IN_FLIGHT =
      Option.withDefault(
          "--in-flight",
          Kind.whole("VOTES", 1, 1_000_000),
          "20000",
          "Votes that may wait for their receipts at once; more are not sent, and are counted.");
  private static final Option<Double> SKEW =
      Option.withDefault(
          "--skew",
          Kind.number("EXPONENT", "a number from 0", exponent -> exponent >= 0),
          "0.8",
          "Zipf's exponent, for elections, servers and candidates.");
  private static final Option<Double> SKEW_OF_REGIONS =
      Option.withDefault(
          "--skew-regions",
          Kind.number("EXPONENT", "a number from 0", exponent -> exponent >= 0),
          "0.8",
          "Zipf's exponent for the home regions of voters, the election's first region the most"
              + " popular; with 0 each has as many.");
  private static final Option<Optional<Long>> SEED =
      Option.optional("--seed", Kind.whole("NUMBER"), "Repeats the arrivals of another run.");
  private static final Option<Path> LEDGER =
      Option.required("--ledger", Kind.path("FILE"), "Where receipts are kept, a line each.");
  private static final Option<Path> ISSUER_KEY =
      Option.required(
          "--issuer-key", Kind.path("FILE"), "The private key of voters' tokens, as a JWK.");
  private static final Option<List<String>> CLAIMS =
      ClaimOptions.option(
          "--claim", "A claim that voters' tokens have; a list, if it is given several values.");

  static final Command COMMAND =
      new Command(
          "voting load",
          "Sends votes as they arrive, whatever the answers take, and keeps a ledger of receipts.",
          List.of(
              SERVERS,
              ELECTIONS,
              PEAK,
              RAMP,
              PLATEAU,
              SPIKE_EVERY,
              SPIKE,
              IN_FLIGHT,
              SKEW,
              SKEW_OF_REGIONS,
              SEED,
              LEDGER,
              ISSUER_KEY,
              CLAIMS,
              ServeCommand.ISSUER,
              ServeCommand.AUDIENCE),
          LoadCommand::run);

  private static final int FAILED = 1;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LoadCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    InstantSource clock = InstantSource.system();
    long seed = given.get(SEED).orElseGet(() -> clock.instant().toEpochMilli());
    Map<String, Set<String>> claims = ClaimOptions.of(CLAIMS, given);
    Profile profile =
        new Profile(
            given.get(PEAK),
            Duration.ofSeconds(given.get(RAMP)),
            Duration.ofSeconds(given.get(PLATEAU)),
            Duration.ofSeconds(given.get(SPIKE_EVERY)),
            given.get(SPIKE));
    return AuditCommand.attempt(
        err,
        () -> {
          IssuerKey issuer =
              IssuerKey.open(
                      given.get(ISSUER_KEY),
                      given.get(ServeCommand.ISSUER),
                      given.get(ServeCommand.AUDIENCE),
                      clock)
                  .withClaims(claims);
          Load.Target target = target(given);
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
              Ledger ledger = new Ledger(given.get(LEDGER), threads);
              Load load =
                  new Load(
                      target,
                      given.get(IN_FLIGHT),
                      issuer::token,
                      ledger,
                      threads,
                      clock,
                      Connections::pause)) {
            out.println("Seed " + seed);
            long from = System.nanoTime();
            Score score =
                load.run(
                    profile,
                    UUID.randomUUID() + "-",
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            print(score, (System.nanoTime() - from) / 1e9, out);
            out.println(load.ledgerFailed() ? "Ledger incomplete" : "Ledger complete");
            return score.isWhole() && !load.ledgerFailed() ? 0 : FAILED;
          }
        });
  }

  private static Load.Target target(Arguments given) throws IOException, InterruptedException {
    List<URI> servers = given.get(SERVERS).stream().map(Connections::server).toList();
    List<String> ids = given.get(ELECTIONS);
    if (servers.isEmpty() || ids.isEmpty()) {
      throw new BadArgumentsException("--url and --election are needed, once or more");
    }
    List<Election> elections = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String id : ids) {
        elections.add(find(http, servers.getFirst(), id));
      }
    }
    return new Load.Target(servers, elections, given.get(SKEW), given.get(SKEW_OF_REGIONS));
  }

  private static Election find(HttpClient http, URI server, String id)
      throws IOException, InterruptedException {
    if (!Election.isId(id)) {
      throw new BadArgumentsException("no election has the id " + id);
    }
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/elections/" + id)).timeout(PATIENCE).build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return switch (answer.statusCode()) {
      case OK ->
          ElectionJson.read(answer.body())
              .orElseThrow(() -> new IOException(request.uri() + " has no election"));
      case NOT_FOUND -> throw new IllegalArgumentException("no such election: " + id);
      default -> throw new IOException(request.uri() + " answers " + answer.statusCode());
    };
  }

  private static void print(Score score, double seconds, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Receipts %d (%.0f a second), refused %d, repeated attempts %d, given up %d, not sent %d%n",
        score.acknowledged(),
        score.acknowledged() / seconds,
        score.refused(),
        score.retried(),
        score.givenUp(),
        score.notSent());
    if (score.rejected() > 0) {
      out.println("Rejected " + score.rejected() + ", the first with " + score.firstRejection());
    }
    out.printf(
        Locale.ROOT,
        "From arrival to receipt: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n",
        score.percentileMillis(0.5),
        score.percentileMillis(0.99),
        score.percentileMillis(0.999));
  }
}
