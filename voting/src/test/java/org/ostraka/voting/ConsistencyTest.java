package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.Consistency;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.MerkleTree;
import org.ostraka.voting.audit.PublishedShard;
import org.ostraka.voting.audit.ShardRoot;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.wire.RootJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whoever has kept a publication is proved that the logs have only grown since. */
@Timeout(120)
final class ConsistencyTest {
  private static final int PUBLICATIONS = 9;

  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 2, false);
  private final AtomicReference<Instant> now = new AtomicReference<>(OPENS);
  private final List<RootJson> kept = new ArrayList<>();
  private int appended;

  @TempDir private Path directory;

  @Test
  void eachPublicationIsProvedToBeginWithEachEarlierOne() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      for (int number = 1; number <= PUBLICATIONS; number++) {
        publish(site);
      }
      for (int to = 1; to <= PUBLICATIONS; to++) {
        for (int from = 1; from <= to; from++) {
          Consistency proof = proof(site, "shard=0&from=" + from + "&to=" + to);
          assertThat(proof.holds("e", HERE, site.key.publicKey())).isTrue();
          assertThat(isGrowth(proof, proof.path())).isTrue();
          assertThat(proof.from().top()).hasToString(kept.get(from - 1).top());
          assertThat(proof.from().signature()).isEqualTo(kept.get(from - 1).signature());
          assertThat(proof.to().top()).hasToString(kept.get(to - 1).top());
          assertThatNoOtherHolds(site, proof);
        }
      }
      assertThat(proof(site, "shard=0&from=4").to().number()).isEqualTo(PUBLICATIONS);
      Consistency empty = proof(site, "shard=1&from=1");
      assertThat(empty.holds("e", HERE, site.key.publicKey())).as("a log without entries").isTrue();
      Consistency reversed = new Consistency(1, empty.to(), empty.from(), empty.path());
      assertThat(reversed.holds("e", HERE, site.key.publicKey())).as("from is later").isFalse();
    }
  }

  @Test
  void aLogThatWasRewrittenHasNoProof() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      publish(site);
      assertThat(ask(site, "shard=0&from=1&to=2").statusCode()).isEqualTo(200);
      String log = new LogId("e", 0, HERE).partition();
      for (Map<String, AttributeValue> row : regions.here.rows("voting-count")) {
        if (Attributes.text(row, Keys.PARTITION).equals(log)) {
          var _ = regions.here.deleteItem(it -> it.tableName("voting-count").key(Keys.of(row)));
        }
      }
      // Whoever has the key as well publishes the other log.
      append(site);
      append(site);
      publish(site);
      assertThat(ask(site, "shard=0&from=1&to=3").statusCode()).isEqualTo(409);
      assertThat(ask(site, "shard=0&from=2").body()).contains("not the one that was published");
      assertThat(ask(site, "shard=0&from=3&to=3").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void otherQueriesAreRefused() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      publish(site);
      for (String query :
          List.of(
              "",
              "shard=0",
              "from=1",
              "shard=-1&from=1",
              "shard=0&from=x",
              "shard=0&from=1&to=",
              "shard=0&from=1&from=1",
              "shard=0&from=1&by=1",
              "shard=0&from=12345678901")) {
        assertThat(ask(site, query).statusCode()).as(query).isEqualTo(400);
      }
      assertThat(site.get("/elections/e/consistency").statusCode()).isEqualTo(400);
      assertThat(site.get("/elections/none/consistency").statusCode()).isEqualTo(404);
      for (HttpResponse<String> answer :
          List.of(
              site.get("/elections/e/consistency?region=x&shard=0&from=1"),
              ask(site, "shard=2&from=1"))) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("the election has no such region or shard");
      }
      assertThat(ask(site, "shard=0&from=3").statusCode()).isEqualTo(404);
      assertThat(ask(site, "shard=0&from=1&to=3").statusCode()).isEqualTo(404);
      assertThat(ask(site, "shard=0&from=2&to=1").statusCode()).isEqualTo(409);
      assertThat(ask(site, "shard=1&from=2&to=1").statusCode()).isEqualTo(409);
    }
  }

  /** Publishes one more entry, and keeps what the server says. */
  private void publish(MemorySite site) throws Exception {
    append(site);
    site.publish(election);
    now.set(now.get().plusSeconds(1));
    byte[] roots = site.get("/elections/e/roots").body().getBytes(StandardCharsets.UTF_8);
    kept.add(RootJson.read(roots).orElseThrow().getFirst());
  }

  private void append(MemorySite site) {
    appended++;
    site.append(
        election, 0, new Entry(Entry.Kind.CAST, "v" + appended, "a", OPENS.toString(), "1"));
  }

  private static HttpResponse<String> ask(MemorySite site, String query)
      throws IOException, InterruptedException {
    return site.get("/elections/e/consistency?region=" + HERE + "&" + query);
  }

  private static Consistency proof(MemorySite site, String query) throws Exception {
    HttpResponse<String> answer = ask(site, query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Map<String, Object> proof = JSONObjectUtils.parse(answer.body());
    return new Consistency(
        JSONObjectUtils.getInt(proof, "shard"),
        shard(JSONObjectUtils.getJSONObject(proof, "from")),
        shard(JSONObjectUtils.getJSONObject(proof, "to")),
        hashes(proof, "path"));
  }

  private static PublishedShard shard(Map<String, Object> json) throws ParseException {
    return new PublishedShard(
        JSONObjectUtils.getLong(json, "number"),
        Instant.parse(JSONObjectUtils.getString(json, "time")),
        hash(JSONObjectUtils.getString(json, "previous")),
        JSONObjectUtils.getInt(json, "shards"),
        hash(JSONObjectUtils.getString(json, "top")),
        JSONObjectUtils.getString(json, "signature"),
        new ShardRoot(
            JSONObjectUtils.getLong(json, "size"), hash(JSONObjectUtils.getString(json, "root"))),
        hashes(json, "shardPath"));
  }

  private static List<Hash> hashes(Map<String, Object> json, String name) throws ParseException {
    return JSONObjectUtils.getStringList(json, name).stream().map(ConsistencyTest::hash).toList();
  }

  private static Hash hash(String digits) {
    return Hash.of(HexFormat.of().parseHex(digits));
  }

  private static boolean isGrowth(Consistency proof, List<Hash> path) {
    ShardRoot first = proof.from().state();
    ShardRoot last = proof.to().state();
    return MerkleTree.isConsistent(first.size(), first.root(), last.size(), last.root(), path);
  }

  /** Each proof with one thing changed does not hold. */
  private static void assertThatNoOtherHolds(MemorySite site, Consistency proof) {
    List<Consistency> forged = new ArrayList<>();
    for (int at = 0; at < proof.path().size(); at++) {
      List<Hash> path = new ArrayList<>(proof.path());
      Hash _ = path.set(at, Hash.ofText("forged"));
      assertThat(isGrowth(proof, path)).isFalse();
      forged.add(new Consistency(0, proof.from(), proof.to(), path));
      forged.add(new Consistency(0, proof.from(), proof.to(), proof.path().subList(0, at)));
    }
    forged.add(new Consistency(0, later(proof.from()), proof.to(), proof.path()));
    forged.add(new Consistency(0, proof.from(), later(proof.to()), proof.path()));
    ShardRoot state = proof.from().state();
    forged.add(new Consistency(1, proof.from(), proof.to(), proof.path()));
    forged.add(
        new Consistency(
            0,
            with(proof.from(), new ShardRoot(state.size(), Hash.ofText("forged"))),
            proof.to(),
            proof.path()));
    forged.add(
        new Consistency(
            0,
            with(proof.from(), new ShardRoot(state.size() + 1, state.root())),
            proof.to(),
            proof.path()));
    if (proof.from().number() < proof.to().number()) {
      forged.add(new Consistency(0, proof.to(), proof.from(), proof.path()));
    }
    for (Consistency other : forged) {
      assertThat(other.holds("e", HERE, site.key.publicKey())).as("%s", other).isFalse();
    }
    assertThat(proof.holds("e", TwoMemories.THERE, site.key.publicKey())).isFalse();
    assertThat(proof.holds("f", HERE, site.key.publicKey())).isFalse();
  }

  private static PublishedShard with(PublishedShard published, ShardRoot state) {
    return with(published, published.time(), state);
  }

  /** Returns a publication whose time nobody has signed. */
  private static PublishedShard later(PublishedShard published) {
    return with(published, published.time().plusSeconds(1), published.state());
  }

  private static PublishedShard with(PublishedShard published, Instant time, ShardRoot state) {
    return new PublishedShard(
        published.number(),
        time,
        published.previous(),
        published.shards(),
        published.top(),
        published.signature(),
        state,
        published.path());
  }
}
