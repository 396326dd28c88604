package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.FIRST;
import static org.ostraka.voting.TwoRegions.SECOND;
import static org.ostraka.voting.TwoRegions.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.Terms;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.receipt.SignedReceipt;
import org.ostraka.voting.recount.ProofAudit;

/**
 * A region is lost for good with ballots that have receipts and that it had not counted: the other
 * one counts them, and the count stays right when the lost region comes back after all.
 */
@Timeout(400)
final class AdoptIT {
  private static final int SHARDS = 4;
  private static final int VOTES = 12;
  private static final Duration TERM = Duration.ofSeconds(10);
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private Path directory;
  private Path keyFile;
  private ReceiptKey key;

  @Test
  void eachReceiptOfTheLostRegionIsInTheCount() throws Exception {
    keyFile = directory.resolve("receipt-key");
    key = ReceiptKeyFile.open(keyFile);
    try (TwoRegions regions = new TwoRegions(directory)) {
      VoteTable table = regions.table("voting");
      Election election =
          new Election(
              "e",
              List.of("a", "b"),
              Instant.parse("2020-01-01T00:00:00Z"),
              Instant.parse("2100-01-01T00:00:00Z"),
              new Sharding(SHARDS),
              table.regions());
      regions.declare(table, election, true);
      regions.create(table.counts());
      List<Receipt> receipts = new ArrayList<>();
      countSome(regions, table, election, receipts);
      receipts.addAll(castAll(table, election, VOTES, 2 * VOTES));
      assertThat(Voting.runHere(adopt(regions)))
          .contains("status 1", "eu-west-1 answers, so it is not lost");
      regions.kill(SECOND);
      assertThat(Voting.runHere(adopt(regions)))
          .contains("status 1", "has its lease in eu-west-1, which may still accept votes");
      adoptAndCount(regions, table, election, receipts);
      comeBack(regions, table, election);
    }
  }

  /** Casts votes that both regions count. */
  private void countSome(
      TwoRegions regions, VoteTable table, Election election, List<Receipt> receipts)
      throws Exception {
    Process counter = count(regions.regionOptions(), "first");
    try {
      receipts.addAll(castAll(table, election, 0, VOTES));
      Tallies tallies = new Tallies(table.counts());
      await("the first votes are counted", () -> tallies.of(election).votes() == VOTES);
      await("nothing differs", () -> audit(regions.regionOptions()).contains("No difference."));
    } finally {
      end(counter);
    }
  }

  /** The lost region's count is taken over, and the election ends without it. */
  private void adoptAndCount(
      TwoRegions regions, VoteTable table, Election election, List<Receipt> receipts)
      throws Exception {
    List<String> own = regions.regionOptions().subList(0, 2);
    assertThat(
            Voting.runHere(
                command(own, "move", "--election", "e", "--from", SECOND, "--margin", "1")))
        .contains("status 0", "MOVED=2");
    String adopted = Voting.runHere(adopt(regions));
    long lost =
        receipts.subList(VOTES, 2 * VOTES).stream()
            .filter(receipt -> receipt.region().equals(SECOND))
            .count();
    assertThat(lost).isPositive();
    assertThat(adopted)
        .contains("status 0", "Votes added to the count: {eu-west-1={")
        .contains("Rows passed over: 0");
    assertThat(Voting.runHere(adopt(regions))).contains("Votes added to the count: {}");
    VoteTable first = new VoteTable("voting", Map.of(FIRST, table.in(FIRST)));
    Process counter = count(own, "second");
    try {
      assertThat(
              Voting.runHere(
                  command(own, "close", "--election", "e", "--grace", "0", "--without", SECOND)))
          .contains("status 0", "Sealed 4 of 4");
      List<String> without = new ArrayList<>(own);
      without.addAll(List.of("--without", SECOND));
      await(
          "nothing differs",
          () ->
              audit(without).contains("No difference.")
                  && new Tallies(first.counts()).of(election).isComplete());
      assertThat(audit(without)).contains("Votes accepted there that are in no log here: {}");
    } finally {
      end(counter);
    }
    List<SignedReceipt> signed =
        receipts.stream()
            .map(it -> new SignedReceipt(it, Base64.getEncoder().encodeToString(key.sign(it))))
            .toList();
    assertThat(new ProofAudit(first, election, key.publicKey()).prove(signed)).isEmpty();
    assertThat(new Tallies(first.counts()).of(election).votes()).isEqualTo(2 * VOTES);
  }

  /** Counters of the lost region that come back do not count what was adopted. */
  private void comeBack(TwoRegions regions, VoteTable table, Election election) throws Exception {
    regions.start(SECOND);
    Process counter = count(regions.regionOptions(), "third");
    try {
      await(
          "its counters hear of it",
          () ->
              TwoRegions.read(directory.resolve("third"))
                  .contains("the count of eu-west-1 for election e was taken over"));
      await("nothing differs", () -> audit(regions.regionOptions()).contains("No difference."));
      assertThat(new Tallies(table.counts()).of(election, SECOND).votes()).isEqualTo(2 * VOTES);
      assertThat(
              Voting.runHere(
                  command(
                      regions.regionOptions(),
                      "certify",
                      "--election",
                      "e",
                      "--public-key",
                      keyFile.toString())))
          .contains("Certified: e");
    } finally {
      end(counter);
    }
  }

  /** Casts votes with receipts that say that two regions have them. */
  private static List<Receipt> castAll(VoteTable table, Election election, int from, int to) {
    Casting casting = new Casting(table, 2, CLOCK, Connections::pause);
    return IntStream.range(from, to)
        .mapToObj(voter -> cast(casting, table, election, voter))
        .toList();
  }

  private static Receipt cast(Casting casting, VoteTable table, Election election, int voter) {
    AtomicReference<Outcome> last = new AtomicReference<>();
    await(
        "voter " + voter + " has a receipt",
        () -> {
          last.set(casting.cast(election, "voter-" + voter, voter % 3 == 0 ? "a" : "b"));
          if (last.get() instanceof Outcome.Unknown) {
            renew(table, election);
          }
          return !(last.get() instanceof Outcome.Unknown);
        });
    return ((Outcome.Stored) last.get()).receipt();
  }

  private static void renew(VoteTable table, Election election) {
    Terms terms = new Terms(table, CLOCK);
    for (int shard = 0; shard < SHARDS; shard++) {
      String home = election.homeOf(shard);
      boolean _ = terms.renew(election, shard, home, CLOCK.instant().plus(TERM), Set.of());
    }
  }

  private List<String> adopt(TwoRegions regions) {
    return command(
        regions.regionOptions(),
        "adopt",
        "--election",
        "e",
        "--without",
        SECOND,
        "--receipt-key",
        keyFile.toString());
  }

  private String audit(List<String> options) {
    return Voting.runHere(
        command(options, "audit", "--election", "e", "--public-key", keyFile.toString()));
  }

  private Process count(List<String> options, String output) throws Exception {
    return Voting.start(
        directory.resolve(output),
        command(options, "count", "--receipt-key", keyFile.toString(), "--publish", "1"));
  }

  private static void end(Process counter) throws InterruptedException {
    counter.toHandle().destroyForcibly();
    var _ = counter.waitFor();
  }

  private static List<String> command(List<String> options, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(options);
    return command;
  }
}
