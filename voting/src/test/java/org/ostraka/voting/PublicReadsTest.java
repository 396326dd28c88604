package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.wire.ReceiptJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What anybody may ask costs the database the same, however often it is asked in a second. */
@Timeout(60)
final class PublicReadsTest {
  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 2, false);
  private final String voter = TwoMemories.voterOf(election, 0, 0);
  private final AtomicReference<Instant> now = new AtomicReference<>(OPENS.plusSeconds(60));
  private final AtomicLong requests = new AtomicLong();

  @TempDir private Path directory;

  @Test
  void aSecondCostsTheDatabaseTheSameHoweverManyAsk() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      String receipt = vote(site);
      publish(site, receipt);
      regions.here.beforeEach(_ -> requests.incrementAndGet());
      HttpResponse<String> _ = askForEverything(site, receipt, 200);
      long first = requests.get();
      assertThat(first).isPositive();
      for (int times = 0; times < 5; times++) {
        HttpResponse<String> _ = askForEverything(site, receipt, 200);
      }
      assertThat(requests).as("requests of a second").hasValue(first);
      now.set(now.get().plusSeconds(1));
      HttpResponse<String> _ = askForEverything(site, receipt, 200);
      assertThat(requests).as("requests of two seconds").hasValueGreaterThan(first);
    }
  }

  @Test
  void aReceiptIsLookedForAgainWhenThereIsALaterPublication() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      String receipt = vote(site);
      site.append(election, 0, new Entry(Entry.Kind.CAST, "another", "b", OPENS.toString(), "1"));
      site.publish(election);
      HttpResponse<String> _ = askForEverything(site, receipt, 202);
      regions.here.beforeEach(_ -> requests.incrementAndGet());
      HttpResponse<String> _ = askForEverything(site, receipt, 202);
      assertThat(requests).hasValue(0);
      regions.here.beforeEach(_ -> {});
      publish(site, receipt);
      now.set(now.get().plusSeconds(1));
      HttpResponse<String> proof = askForEverything(site, receipt, 200);
      assertThat(proof.body()).contains("\"index\":1").contains("\"number\":2");
      assertThat(site.get("/elections/e/roots").body()).contains("\"number\":2");
    }
  }

  @Test
  void aLogThatComesAfterItsRootsIsLookedForAgain() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      String receipt = vote(site);
      publish(site, receipt);
      String log = new LogId("e", 0, HERE).partition();
      Map<String, AttributeValue> row =
          regions.here.rows("voting-count").stream()
              .filter(it -> Attributes.text(it, Keys.PARTITION).equals(log))
              .findFirst()
              .orElseThrow();
      var _ = regions.here.deleteItem(it -> it.tableName("voting-count").key(Keys.of(row)));
      HttpResponse<String> _ = askForEverything(site, receipt, 202);
      regions.here.write("voting-count", row);
      now.set(now.get().plusSeconds(9));
      HttpResponse<String> _ = askForEverything(site, receipt, 202);
      now.set(now.get().plusSeconds(1));
      HttpResponse<String> _ = askForEverything(site, receipt, 200);
      // A vote that was taken back, which nobody has published yet.
      site.append(election, 0, entry(Entry.Kind.SUPERSEDED, receipt));
      now.set(now.get().plusSeconds(10));
      HttpResponse<String> _ = askForEverything(site, receipt, 409);
    }
  }

  @Test
  void aVoteThatGaveWayHasNoProofInTheNextSecond() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      String receipt = vote(site);
      publish(site, receipt);
      Map<String, AttributeValue> ballot = regions.here.row("voting", Keys.ballot(election, voter));
      HttpResponse<String> _ = askForEverything(site, receipt, 200);
      // None of these is a later vote.
      for (Map<String, AttributeValue> other :
          List.of(
              with(ballot, "candidate", Attributes.of("b")),
              with(ballot, "epoch", Attributes.of(2)),
              with(ballot, "region", Attributes.of(THERE)),
              with(with(ballot, "region", Attributes.of(THERE)), "epoch", Attributes.of("two")),
              Keys.ballot(election, voter))) {
        regions.here.write("voting", other);
        now.set(now.get().plusSeconds(1));
        HttpResponse<String> _ = askForEverything(site, receipt, 200);
      }
      // The log does not say it yet, nor is there another publication.
      regions.here.write(
          "voting", with(with(ballot, "region", Attributes.of(THERE)), "epoch", Attributes.of(2)));
      now.set(now.get().plusSeconds(1));
      HttpResponse<String> proof = askForEverything(site, receipt, 409);
      assertThat(proof.body()).contains("this vote was taken back");
      regions.here.beforeEach(_ -> requests.incrementAndGet());
      HttpResponse<String> _ = askForEverything(site, receipt, 409);
      assertThat(requests).as("the answer of this second").hasValue(0);
    }
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> row, String name, AttributeValue value) {
    Map<String, AttributeValue> other = new HashMap<>(row);
    other.put(name, value);
    return other;
  }

  private String vote(MemorySite site) throws IOException, InterruptedException {
    HttpResponse<String> answer = site.post("/elections/e/votes", voter, "{\"candidate\":\"a\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.body();
  }

  /** Counts the ballot of a receipt and publishes the roots. */
  private void publish(MemorySite site, String json) {
    site.append(election, 0, entry(Entry.Kind.CAST, json));
    site.publish(election);
  }

  private static Entry entry(Entry.Kind kind, String json) {
    Receipt receipt =
        ReceiptJson.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow().receipt();
    return new Entry(
        kind,
        receipt.voter(),
        receipt.candidate(),
        receipt.cast().toString(),
        Long.toString(receipt.epoch()));
  }

  /** Asks for all that needs no token, and returns the proof. */
  private static HttpResponse<String> askForEverything(
      MemorySite site, String receipt, int statusOfProof) throws IOException, InterruptedException {
    for (String path : new String[] {"", "/e", "/e/results", "/e/roots"}) {
      HttpResponse<String> answer = site.get("/elections" + path);
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    }
    for (String path : new String[] {"/none", "/none/results", "/none/roots"}) {
      assertThat(site.get("/elections" + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(site.get("/elections/none/results/stream").statusCode()).isEqualTo(503);
    HttpResponse<String> proof = site.post("/elections/e/proofs", "", receipt);
    assertThat(proof.statusCode()).as(proof.body()).isEqualTo(statusOfProof);
    return proof;
  }
}
