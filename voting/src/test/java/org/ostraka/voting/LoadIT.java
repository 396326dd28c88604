package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.count.Results;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.wire.ReceiptJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A load on two voting servers, two counters and two regions, all of which are killed while the
 * stream's shards are replaced; then nothing is lost, doubled or altered.
 *
 * <p>It runs only when it is asked for: {@code -Dvoting.load.seconds=1800 -Dvoting.load.kills=20
 * -Dvoting.load.peak=100 -Dvoting.load.cut-off=300}.
 */
@EnabledIfSystemProperty(named = "voting.load.seconds", matches = "\\d+")
@Timeout(value = 2, unit = TimeUnit.HOURS) // A long run; each wait has its own limit.
final class LoadIT {
  private static final int SECONDS = Integer.getInteger("voting.load.seconds", 4);
  private static final int KILLS = Integer.getInteger("voting.load.kills", 3);
  private static final int PEAK = Integer.getInteger("voting.load.peak", 40);
  private static final String SKEW_OF_REGIONS =
      System.getProperty("voting.load.skew-regions", "0.8");
  private static final int SHARD_SECONDS = Math.max(3, SECONDS / 100);
  private static final int CUT_OFF_SECONDS = Integer.getInteger("voting.load.cut-off", 1);
  // Nobody gets a receipt while a region is away, so all who vote then wait; spikes add a quarter.
  private static final int IN_FLIGHT = 20_000 + 2 * PEAK * CUT_OFF_SECONDS;
  // 20 KB for each vote in flight: its thread, its token and, for some, its connection.
  private static final String LOAD_HEAP = 512 + IN_FLIGHT / 50 + "m";
  private static final Duration WHOLE = Duration.ofSeconds(60 + SECONDS);
  private static final List<String> VICTIMS =
      List.of("serve-1", TwoRegions.SECOND, "count-0", "count-1", "serve-0", TwoRegions.FIRST);

  @TempDir private Path directory;

  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final Map<String, List<String>> commands = new LinkedHashMap<>();

  @Test
  void nothingIsLostDoubledOrAlteredByKills() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    try (TwoRegions regions =
        new TwoRegions(
            directory,
            "--stream-shards",
            "3",
            "--shard-lifetime",
            Integer.toString(SHARD_SECONDS))) {
      VoteTable table = regions.table("voting");
      Instant opens = Instant.parse("2020-01-01T00:00:00Z");
      Instant closes = Instant.parse("2100-01-01T00:00:00Z");
      Election election =
          new Election(
              "e", List.of("a", "b", "c"), opens, closes, new Sharding(8), table.regions());
      regions.declare(table, election);
      regions.create(table.counts());
      List<String> load = startAll(regions, seed);
      Process sender = Voting.start(directory.resolve("load"), LOAD_HEAP, load);
      processes.put("load", sender);
      kill(regions, sender, new Random(seed));
      boolean isDone = sender.waitFor(WHOLE.plus(WHOLE).toSeconds(), TimeUnit.SECONDS);
      assertThat(isDone).as("the load ends, -Dseed=%s %s", seed, output("load")).isTrue();
      // A client that gave up has no receipt, so nothing of its vote can be lost.
      assertThat(output("load")).as("-Dseed=%s", seed).contains("not sent 0");
      assertThat(output("load")).as("-Dseed=%s", seed).contains("Ledger complete");
      close(regions, table, election, seed);
      verify(regions, seed);
      tamper(regions, table, election);
    } finally {
      processes.values().forEach(process -> process.toHandle().destroyForcibly());
    }
  }

  /** Starts servers and counters, and returns the command of the load. */
  private List<String> startAll(TwoRegions regions, long seed) throws Exception {
    IssuerKey issuer = IssuerKey.make("https://issuer", "vote", InstantSource.system());
    Path issuerKey = Files.writeString(directory.resolve("issuer"), issuer.secret());
    Path jwks = Files.writeString(directory.resolve("jwks"), issuer.publicSet());
    List<String> voters = List.of("--issuer", "https://issuer", "--audience", "vote");
    String receiptKey = directory.resolve("receipt-key").toString();
    List<String> load =
        new ArrayList<>(
            List.of(
                "load",
                "--election",
                "e",
                "--peak",
                Integer.toString(PEAK),
                "--in-flight",
                Integer.toString(IN_FLIGHT),
                "--ramp",
                "1",
                "--for",
                Integer.toString(SECONDS),
                "--spike-every",
                "4",
                "--skew-regions",
                SKEW_OF_REGIONS,
                "--seed",
                Long.toString(seed),
                "--ledger",
                directory.resolve("ledger").toString(),
                "--issuer-key",
                issuerKey.toString()));
    load.addAll(voters);
    for (int server = 0; server < 2; server++) {
      String port = Integer.toString(TwoRegions.freePort());
      List<String> serve =
          new ArrayList<>(
              List.of(
                  "serve", "--port", port, "--jwks", jwks.toString(), "--receipt-key", receiptKey));
      serve.addAll(voters);
      serve.addAll(regions.regionOptions());
      commands.put("serve-" + server, serve);
      load.addAll(List.of("--url", "http://127.0.0.1:" + port));
      List<String> count =
          new ArrayList<>(
              List.of("count", "--lease", "1", "--publish", "1", "--receipt-key", receiptKey));
      count.addAll(regions.regionOptions());
      commands.put("count-" + server, count);
    }
    for (String name : commands.keySet()) {
      start(name);
    }
    for (int at = load.indexOf("--url"); at >= 0 && at < load.size(); at += 2) {
      awaitAnswer(URI.create(load.get(at + 1) + "/elections/e"));
    }
    return load;
  }

  private void awaitAnswer(URI show) throws IOException {
    try {
      await(show + " answers", () -> answers(show));
    } catch (AssertionError late) {
      StringBuilder outputs = new StringBuilder();
      for (String name : commands.keySet()) {
        outputs.append(name).append(": ").append(output(name));
      }
      throw new AssertionError(outputs.toString(), late);
    }
  }

  private void start(String name) throws IOException {
    Process before = processes.put(name, Voting.start(directory.resolve(name), commands.get(name)));
    assertThat(before == null || !before.isAlive()).isTrue();
  }

  /** Kills one process after the other while the load runs, and starts it again. */
  private void kill(TwoRegions regions, Process sender, Random random) throws Exception {
    Instant start = Instant.now();
    Duration between = Duration.ofSeconds(SECONDS).dividedBy(KILLS + 1);
    for (int kill = 0; kill < KILLS; kill++) {
      Instant due = start.plus(between.multipliedBy(kill + 1));
      await("the next kill", WHOLE, () -> Instant.now().isAfter(due) || !sender.isAlive());
      boolean isCutOff = kill == KILLS / 2;
      String victim =
          isCutOff
              ? TwoRegions.SECOND
              : VICTIMS.get(KILLS <= VICTIMS.size() ? kill : random.nextInt(VICTIMS.size()));
      if (commands.containsKey(victim)) {
        processes.get(victim).toHandle().destroyForcibly();
        var _ = processes.get(victim).waitFor();
        start(victim);
      } else {
        regions.kill(victim);
        Instant back = Instant.now().plusSeconds(isCutOff ? CUT_OFF_SECONDS : 0);
        await("the region is away long enough", WHOLE, () -> !Instant.now().isBefore(back));
        regions.start(victim);
      }
    }
  }

  private void close(TwoRegions regions, VoteTable table, Election election, long seed)
      throws Exception {
    List<String> close = new ArrayList<>(List.of("close", "--election", "e", "--grace", "0"));
    close.addAll(regions.regionOptions());
    assertThat(Voting.run(directory, close)).contains("status 0");
    Tallies tallies = new Tallies(table.counts());
    await("the count is complete", WHOLE, () -> tallies.of(election).isComplete());
    await(
        "the other region knows it",
        WHOLE,
        () -> tallies.of(election, TwoRegions.SECOND).equals(tallies.of(election)));
    Results results = tallies.of(election);
    long acknowledged;
    try (var lines = Files.lines(directory.resolve("ledger"))) {
      acknowledged = lines.distinct().count();
    }
    assertThat(acknowledged)
        .as("-Dseed=%s", seed)
        .isPositive()
        .isLessThanOrEqualTo(results.votes());
    assertThat(results.byRegion()).containsOnlyKeys(TwoRegions.FIRST, TwoRegions.SECOND);
  }

  private List<String> verifyCommand(TwoRegions regions) {
    List<String> verify =
        new ArrayList<>(
            List.of(
                "verify",
                "--election",
                "e",
                "--public-key",
                directory.resolve("receipt-key").toString(),
                "--ledger",
                directory.resolve("ledger").toString()));
    verify.addAll(regions.regionOptions());
    return verify;
  }

  private void verify(TwoRegions regions, long seed) throws IOException {
    StringBuilder last = new StringBuilder();
    await(
        "all is published and the same, -Dseed=" + seed,
        WHOLE,
        () -> {
          String found = run(verifyCommand(regions));
          assertThat(found).contains("lost 0, doubled 0, altered 0");
          last.replace(0, last.length(), found);
          return found.contains("other differences 0") && found.contains("status 0");
        });
    System.out.println(output("load") + last);
  }

  /** Alters a ballot, removes records of the audit log and forges a receipt: each is named. */
  private void tamper(TwoRegions regions, VoteTable table, Election election) throws IOException {
    Path ledger = directory.resolve("ledger");
    String line;
    try (var lines = Files.lines(ledger)) {
      line = lines.findFirst().orElseThrow();
    }
    Receipt victim =
        ReceiptJson.read(line.getBytes(StandardCharsets.UTF_8)).orElseThrow().receipt();
    String other = victim.candidate().equals("a") ? "b" : "a";
    var _ =
        table
            .in(TwoRegions.FIRST)
            .updateItem(it ->
                it.tableName(table.name())
                    .key(Ballot.key(election, victim))
                    .updateExpression("SET candidate = :other")
                    .expressionAttributeValues(Map.of(":other", AttributeValue.fromS(other))));
    LogId log = new LogId("e", Ballot.shard(election, victim), victim.region());
    var _ =
        table
            .in(victim.region())
            .deleteItem(it ->
                it.tableName(table.counts().name())
                    .key(
                        Map.of(
                            Keys.PARTITION, AttributeValue.fromS(log.partition()),
                            Keys.SORT, AttributeValue.fromS("SEGMENT#000000000000"))));
    Files.writeString(
        ledger, line.replace(victim.voter(), "nobody") + "\n", StandardOpenOption.APPEND);
    String removed = "log of shard " + log.shard() + " in " + log.region() + ": records 0 to ";
    await(
        "what was tampered with is named",
        WHOLE,
        () -> {
          String found = run(verifyCommand(regions));
          return found.contains("status 1")
              && found.contains("the ballot of " + victim.voter() + " is not what its receipt says")
              && found.contains(removed)
              && found.contains("receipt of nobody is forged");
        });
    System.out.println("A tampered ballot, removed records and a forged receipt were named.");
  }

  private String run(List<String> command) {
    try {
      return Voting.run(directory, command);
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static boolean answers(URI uri) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private String output(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }
}
