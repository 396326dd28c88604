package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.FIRST;
import static org.ostraka.voting.TwoRegions.SECOND;
import static org.ostraka.voting.TwoRegions.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.wire.VotingJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A secret election in two regions: nothing that the API shows links a voter to a ballot, and the
 * audit holds nevertheless.
 */
@Timeout(300)
final class SecretIT {
  private static final int TOGETHER = 16;
  private static final int WAVES = 2;
  private static final int VOTERS = TOGETHER * WAVES;
  private static final int ALONE = 10;

  /** By chance, a guess is right once in each wave. */
  private static final int TOO_MANY = 12;

  @TempDir private Path directory;

  /** A voter, and the candidate that this voter alone votes for. */
  private record Voter(String name, String candidate) {}

  @Test
  void nothingLinksVotersToBallotsAndTheAuditHolds() throws Exception {
    Path keyFile = directory.resolve("receipt-key");
    ReceiptKey key = ReceiptKeyFile.open(keyFile);
    Process counter = null;
    try (TwoRegions regions = new TwoRegions(directory)) {
      VoteTable table = regions.table("voting");
      regions.create(table);
      regions.create(table.counts());
      Election secret = declare(table, "secret");
      Election naked = declare(table, "naked");
      List<String> count =
          command(regions, "count", "--receipt-key", keyFile.toString(), "--publish", "1");
      counter = Voting.start(directory.resolve("counter"), count);
      Tallies tallies = new Tallies(table.counts());
      Watcher watcher = new Watcher(table, secret);
      Map<Voter, Receipt> receipts = castWatched(table, secret, watcher);
      watch(watcher, receipts);
      Watcher ofNaked = new Watcher(table, naked);
      Map<Voter, Receipt> alone =
          castAll(
              table,
              naked,
              1,
              ALONE,
              cast -> {
                await("it is counted", () -> tallies.of(naked).votes() == cast);
                ofNaked.look();
              });
      assertThat(ofNaked.right(names(alone)).values())
          .as("what a reader guesses where votes are written one by one")
          .containsOnly(ALONE);

      Links links = new Links(regions, table);
      Map<String, Integer> right = links.right(secret, names(receipts));
      System.out.println("right guesses of " + VOTERS + ": " + right);
      assertThat(right.values())
          .as("right guesses of %s: %s", VOTERS, right)
          .allMatch(it -> it < TOO_MANY);
      assertThat(links.right(naked, names(alone)).values())
          .as("the same guesses where votes are written one by one")
          .anyMatch(it -> it == ALONE);

      close(regions, tallies, secret);
      Path ledger = ledger(receipts, key);
      await("nothing differs", () -> verify(regions, keyFile, ledger).contains("status 0"));
      tamper(regions, table, secret, receipts, keyFile, ledger);
    } finally {
      if (counter != null) {
        counter.toHandle().destroyForcibly();
      }
    }
  }

  private static Election declare(VoteTable table, String id) {
    List<String> candidates = IntStream.range(0, VOTERS).mapToObj(it -> "c" + it).toList();
    Election open =
        new Election(
            id,
            candidates,
            Instant.parse("2020-01-01T00:00:00Z"),
            Instant.parse("2100-01-01T00:00:00Z"),
            new Sharding(8),
            table.regions());
    assertThat(new Elections(table).declare(open.secret(), Instant.now())).isTrue();
    return open.secret();
  }

  /** Casts all votes while another thread reads. */
  private static Map<Voter, Receipt> castWatched(
      VoteTable table, Election election, Watcher watcher) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> reader =
          threads.submit(() -> {
            while (!isOver.get()) {
              watcher.look();
            }
          });
      try {
        return castAll(
            table,
            election,
            TOGETHER,
            VOTERS,
            cast -> await("the reader sees them", () -> watcher.counts().contains((long) cast)));
      } finally {
        isOver.set(true);
        var _ = reader.get();
      }
    }
  }

  /** Who read all the time knows all that was cast, in both regions, and not whose it is. */
  private static void watch(Watcher watcher, Map<Voter, Receipt> receipts) {
    watcher.look();
    assertThat(watcher.counts()).isSorted().endsWith((long) VOTERS);
    for (String region : List.of(FIRST, SECOND)) {
      assertThat(watcher.seen(region)).as(region).containsExactly(VOTERS, VOTERS);
    }
    Map<String, Integer> right = watcher.right(names(receipts));
    System.out.println("right guesses of a reader of " + VOTERS + ": " + right);
    assertThat(right.values())
        .as("right guesses of %s: %s", VOTERS, right)
        .hasSize(3)
        .allMatch(it -> it < TOO_MANY);
  }

  /**
   * Casts votes in waves; the order of voters says nothing of their candidates.
   *
   * @param afterWave takes how many votes were cast
   */
  private static Map<Voter, Receipt> castAll(
      VoteTable table, Election election, int together, int voters, IntConsumer afterWave)
      throws Exception {
    SecretCasting casting =
        new SecretCasting(table, 2, together, InstantSource.system(), Connections::pause);
    List<String> candidates = new ArrayList<>(election.candidates());
    Collections.shuffle(candidates, new Random(VOTERS));
    Map<Voter, Receipt> receipts = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int wave = 0; wave < voters / together; wave++) {
        Map<Voter, Future<Receipt>> waiting = new LinkedHashMap<>();
        for (int at = wave * together; at < (wave + 1) * together; at++) {
          Voter voter = new Voter(voterOf(election, at), candidates.get(at));
          waiting.put(voter, threads.submit(() -> cast(casting, election, voter)));
        }
        for (Map.Entry<Voter, Future<Receipt>> one : waiting.entrySet()) {
          receipts.put(one.getKey(), one.getValue().get());
        }
        afterWave.accept(receipts.size());
      }
    }
    return receipts;
  }

  private static Receipt cast(SecretCasting casting, Election election, Voter voter) {
    String number = number();
    List<Outcome> last = new ArrayList<>();
    await(
        voter + " gets an answer",
        () -> {
          last.add(casting.cast(election, voter.name(), voter.candidate(), number));
          return !(last.getLast() instanceof Outcome.Unknown);
        });
    return ((Outcome.Stored) last.getLast()).receipt();
  }

  private static String number() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns a voter whose home is the first region. */
  private static String voterOf(Election election, int number) {
    return IntStream.range(0, 100_000)
        .mapToObj(it -> "voter-" + it)
        .filter(voter -> election.homeOf(election.shardOf(voter)).equals(FIRST))
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> names(Map<Voter, Receipt> receipts) {
    Map<String, String> names = new LinkedHashMap<>();
    receipts.keySet().forEach(voter -> names.put(voter.name(), voter.candidate()));
    return names;
  }

  private void close(TwoRegions regions, Tallies tallies, Election election) throws Exception {
    List<String> close = command(regions, "close", "--election", "secret", "--grace", "0");
    assertThat(Voting.run(directory, close)).contains("status 0", "Sealed 8 of 8");
    await("the count is complete", () -> tallies.of(election).isComplete());
  }

  private Path ledger(Map<Voter, Receipt> receipts, ReceiptKey key) throws Exception {
    List<String> lines =
        receipts.values().stream().map(it -> VotingJson.receipt(it, key.sign(it))).toList();
    assertThat(String.join("", lines)).doesNotContain("voter-");
    return Files.write(directory.resolve("ledger"), lines);
  }

  /** A ballot that is altered, one that is removed, and a voter who is added are named. */
  private void tamper(
      TwoRegions regions,
      VoteTable table,
      Election election,
      Map<Voter, Receipt> receipts,
      Path keyFile,
      Path ledger)
      throws Exception {
    List<Receipt> ballots = List.copyOf(receipts.values());
    Receipt altered = ballots.get(0);
    Receipt removed = ballots.get(1);
    var client = table.in(SECOND);
    var _ =
        client.updateItem(it ->
            it.tableName("voting")
                .key(Keys.secretBallot(election, altered.voter(), FIRST))
                .updateExpression("SET candidate = :x")
                .expressionAttributeValues(Map.of(":x", AttributeValue.fromS("c0"))));
    var _ =
        client.deleteItem(
            it -> it.tableName("voting").key(Keys.secretBallot(election, removed.voter(), FIRST)));
    String extra = voterOf(election, VOTERS);
    Map<String, AttributeValue> mark = new LinkedHashMap<>(Keys.ballot(election, extra));
    mark.put("region", AttributeValue.fromS(FIRST));
    mark.put("epoch", AttributeValue.fromN("1"));
    assertThat(table.add(FIRST, mark)).isTrue();
    await(
        "each is named",
        () -> {
          String found = verify(regions, keyFile, ledger);
          return found.contains("the ballot of " + altered.voter() + " is not what its receipt")
              && found.contains("the ballot of the receipt of " + removed.voter() + " is lost")
              && found.contains("ballot of " + removed.voter() + " was removed, says the log")
              && found.contains("mark of voter " + extra + " follows the seal of its shard")
              && found.contains((VOTERS + 1) + " voters have voted, and the logs have " + VOTERS);
        });
  }

  private static String verify(TwoRegions regions, Path key, Path ledger) {
    return Voting.runHere(
        command(
            regions,
            "verify",
            "--election",
            "secret",
            "--public-key",
            key.toString(),
            "--ledger",
            ledger.toString()));
  }

  private static List<String> command(TwoRegions regions, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(regions.regionOptions());
    return command;
  }
}
