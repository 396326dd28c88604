package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Proof;
import org.ostraka.voting.audit.Provable;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.wire.ProofJson;
import org.ostraka.voting.wire.VotingJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Audits an election: it holds as it is, and each kind of tampering is named. */
@Timeout(300)
final class AuditIT {
  private static final int VOTERS = Integer.getInteger("voting.audit.voters", 24);
  private static final int SHARDS = 4;

  @TempDir private Path directory;

  @Test
  void theAuditFindsNothingAndThenEachThingThatWasTamperedWith() throws Exception {
    Path keyFile = directory.resolve("receipt-key");
    ReceiptKey key = ReceiptKeyFile.open(keyFile);
    Process counter = null;
    try (TwoRegions regions = new TwoRegions(directory)) {
      VoteTable table = regions.table("voting");
      Instant opens = Instant.parse("2020-01-01T00:00:00Z");
      Instant closes = Instant.parse("2100-01-01T00:00:00Z");
      Election election =
          new Election(
              "e", List.of("a", "b"), opens, closes, new Sharding(SHARDS), table.regions());
      regions.declare(table, election);
      regions.create(table.counts());
      List<String> count =
          command(regions, "count", "--receipt-key", keyFile.toString(), "--publish", "1");
      counter = Voting.start(directory.resolve("counter"), count);
      List<Receipt> receipts = castAll(table, election);
      Tallies tallies = new Tallies(table.counts());
      await("all votes are counted", () -> tallies.of(election).votes() == VOTERS);
      String closed =
          Voting.run(directory, command(regions, "close", "--election", "e", "--grace", "0"));
      assertThat(closed).contains("status 0", "Sealed 4 of 4");
      await("the count is complete", () -> tallies.of(election).isComplete());
      prove(table, election, receipts, key);
      Path ledger = ledger(receipts, key);
      await("nothing differs", () -> audit(regions, keyFile, ledger).contains("No difference."));
      List<String> certify =
          command(regions, "certify", "--election", "e", "--public-key", keyFile.toString());
      assertThat(Voting.run(directory, certify)).contains("Certified: e");
      assertThat(Voting.runHere(certify)).contains("status 1", "not closed");
      List<String> again = new ArrayList<>(certify);
      again.addAll(List.of("--reason", "a name was misspelt"));
      assertThat(Voting.runHere(again)).contains("Certified: e");
      assertThat(new Elections(table).find("e").orElseThrow().version()).isEqualTo(4);
      compareRoots(regions, table, keyFile, key);
      tamper(regions, table, election, receipts, keyFile, ledger);
    } finally {
      if (counter != null) {
        counter.toHandle().destroyForcibly();
      }
    }
  }

  private static List<Receipt> castAll(VoteTable table, Election election) {
    Casting casting = new Casting(table, 2, InstantSource.system(), Connections::pause);
    List<Receipt> receipts = new ArrayList<>();
    for (int voter = 0; voter < VOTERS; voter++) {
      receipts.add(cast(casting, election, "voter-" + voter, voter % 3 == 0 ? "a" : "b"));
    }
    return receipts;
  }

  /** Casts a vote as a voter does: again while nobody knows whether it is stored. */
  private static Receipt cast(Casting casting, Election election, String voter, String candidate) {
    AtomicReference<Outcome> last = new AtomicReference<>();
    await(
        voter + " gets an answer",
        () -> {
          last.set(casting.cast(election, voter, candidate));
          return !(last.get() instanceof Outcome.Unknown);
        });
    return ((Outcome.Stored) last.get()).receipt();
  }

  /** Every receipt has a proof, which is of no other receipt and holds for no other key. */
  private static void prove(
      VoteTable table, Election election, List<Receipt> receipts, ReceiptKey key) {
    AuditLogs logs = new AuditLogs(table.counts(), TwoRegions.FIRST);
    for (Receipt receipt : receipts) {
      await(
          "the vote of " + receipt.voter() + " is published",
          () -> proof(logs, election, receipt, key).isPresent());
      Proof proof = proof(logs, election, receipt, key).orElseThrow();
      assertThat(proof.holds(receipt, key.publicKey())).isTrue();
      Receipt other =
          new Receipt(
              "e",
              receipt.voter(),
              receipt.candidate().equals("a") ? "b" : "a",
              receipt.cast(),
              receipt.region(),
              receipt.epoch());
      assertThat(proof.holds(other, key.publicKey())).isFalse();
      assertThat(proof(logs, election, other, key)).isEmpty();
    }
  }

  private static Optional<Proof> proof(
      AuditLogs logs, Election election, Receipt receipt, ReceiptKey key) {
    int shard = election.shardOf(receipt.voter());
    return logs.lastPublication("e", receipt.region(), key.publicKey())
        .flatMap(last ->
            new Provable(logs.read(new LogId("e", shard, receipt.region()))).proof(receipt, last));
  }

  /** A publication that was kept is found, one that the table does not have is named. */
  private void compareRoots(TwoRegions regions, VoteTable table, Path keyFile, ReceiptKey key)
      throws Exception {
    AuditLogs logs = new AuditLogs(table.counts(), TwoRegions.FIRST);
    Roots.Signed last = logs.lastPublication("e", TwoRegions.FIRST, key.publicKey()).orElseThrow();
    Path kept = Files.writeString(directory.resolve("roots"), ProofJson.roots(List.of(last)));
    List<String> audit =
        command(
            regions,
            "audit",
            "--election",
            "e",
            "--public-key",
            keyFile.toString(),
            "--roots",
            kept.toString());
    assertThat(Voting.runHere(audit)).contains("status 0");
    long number = last.roots().number();
    String text = Files.readString(kept);
    Files.writeString(kept, text.replace("\"number\":" + number, "\"number\":" + (number + 1)));
    assertThat(Voting.runHere(audit))
        .contains(
            "publication "
                + (number + 1)
                + " of eu-central-1 was published and is not in the table");
    Files.writeString(kept, text.replace("\"top\":\"", "\"top\":\"0"));
    assertThat(Voting.runHere(audit))
        .contains("publication " + number + " of eu-central-1 is another one than was published");
  }

  private void tamper(
      TwoRegions regions,
      VoteTable table,
      Election election,
      List<Receipt> receipts,
      Path keyFile,
      Path ledger)
      throws Exception {
    Receipt victim = receipts.get(7);
    var _ =
        table
            .in(TwoRegions.FIRST)
            .updateItem(it ->
                it.tableName("voting")
                    .key(Keys.ballot(election, victim.voter()))
                    .updateExpression("SET candidate = :x")
                    .expressionAttributeValues(Map.of(":x", AttributeValue.fromS("a"))));
    Receipt moved = receipts.get(10);
    move(table, election, moved);
    castAfterTheSeal(table, election, moved);
    Receipt lost = receipts.get(8);
    var _ =
        table
            .in(TwoRegions.FIRST)
            .deleteItem(it -> it.tableName("voting").key(Keys.ballot(election, lost.voter())));
    Receipt logged = receipts.get(9);
    LogId log = new LogId("e", election.shardOf(logged.voter()), logged.region());
    var _ =
        table
            .in(logged.region())
            .deleteItem(it ->
                it.tableName("voting-count")
                    .key(
                        Map.of(
                            Keys.PARTITION, AttributeValue.fromS(log.partition()),
                            Keys.SORT, AttributeValue.fromS("SEGMENT#000000000000"))));
    unsign(table, log.region());
    ReceiptKey another = ReceiptKeyFile.open(directory.resolve("another-key"));
    Files.writeString(
        ledger,
        VotingJson.receipt(receipts.getFirst(), another.sign(receipts.getFirst())) + "\nrubbish\n",
        StandardOpenOption.APPEND);
    await(
        "every tampering is named",
        () -> {
          String found = audit(regions, keyFile, ledger);
          return found.contains("ballot of " + victim.voter() + " was altered")
              && found.contains("the ballot of " + victim.voter() + " is not what its receipt says")
              && found.contains("the ballot of the receipt of " + lost.voter() + " is lost")
              && found.contains(
                  "log of shard " + log.shard() + " in " + log.region() + ": records 0 to ")
              && found.contains("publication 1 of " + log.region() + " has no valid signature")
              && found.contains("receipt of " + receipts.getFirst().voter() + " is forged")
              && found.contains(
                  "ballot of " + moved.voter() + " was altered: it is in the log of another region")
              && found.contains("ballot of late follows the seal of its shard in")
              && found.contains("line " + (VOTERS + 2) + " of " + ledger + " is no receipt")
              && found.contains("status 1");
        });
  }

  /** Changes the region that a ballot names. */
  private static void move(VoteTable table, Election election, Receipt receipt) {
    String other = receipt.region().equals(TwoRegions.FIRST) ? TwoRegions.SECOND : TwoRegions.FIRST;
    var _ =
        table
            .in(TwoRegions.FIRST)
            .updateItem(it ->
                it.tableName("voting")
                    .key(Keys.ballot(election, receipt.voter()))
                    .updateExpression("SET #region = :region")
                    .expressionAttributeNames(Map.of("#region", "region"))
                    .expressionAttributeValues(Map.of(":region", AttributeValue.fromS(other))));
  }

  /** Writes a ballot like another one without a look at the lease. */
  private static void castAfterTheSeal(VoteTable table, Election election, Receipt like) {
    String home = election.homeOf(election.shardOf("late"));
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, "late"));
    row.put("candidate", AttributeValue.fromS("a"));
    row.put("cast", AttributeValue.fromS(like.cast().toString()));
    row.put("region", AttributeValue.fromS(home));
    row.put("epoch", AttributeValue.fromN("1"));
    assertThat(table.add(home, row)).isTrue();
  }

  /** Replaces the signature of a publication with one by another key. */
  private void unsign(VoteTable table, String region) throws Exception {
    ReceiptKey another = ReceiptKeyFile.open(directory.resolve("another-key"));
    AuditLogs logs = new AuditLogs(table.counts(), region);
    Roots first = logs.publications("e", region, _ -> {}).findFirst().orElseThrow().roots();
    String signature = Base64.getEncoder().encodeToString(another.sign(first.statement()));
    var _ =
        table
            .in(region)
            .updateItem(it ->
                it.tableName("voting-count")
                    .key(
                        Map.of(
                            Keys.PARTITION, AttributeValue.fromS(Roots.partition("e", region)),
                            Keys.SORT, AttributeValue.fromS("ROOTS#000000001")))
                    .updateExpression("SET signature = :s")
                    .expressionAttributeValues(Map.of(":s", AttributeValue.fromS(signature))));
  }

  private Path ledger(List<Receipt> receipts, ReceiptKey key) throws Exception {
    List<String> lines = receipts.stream().map(it -> VotingJson.receipt(it, key.sign(it))).toList();
    return Files.write(directory.resolve("ledger"), lines);
  }

  private static String audit(TwoRegions regions, Path key, Path ledger) {
    return Voting.runHere(
        command(
            regions,
            "audit",
            "--election",
            "e",
            "--public-key",
            key.toString(),
            "--receipts",
            ledger.toString()));
  }

  private static List<String> command(TwoRegions regions, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(regions.regionOptions());
    return command;
  }
}
