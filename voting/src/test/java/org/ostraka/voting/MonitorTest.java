package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.options.Program;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.GrowthAudit;
import org.ostraka.voting.wire.RootJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody without access to the tables learns that a log was rewritten. */
@Timeout(60)
final class MonitorTest {
  private static final String PROVED = "The logs have only grown.\n";

  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 2, false);
  private final AtomicReference<Instant> now = new AtomicReference<>(OPENS);
  private int appended;

  @TempDir private Path directory;

  @Test
  void logsThatGrowAreProvedEachTime() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      assertThat(monitor(site)).isEqualTo("0 " + PROVED);
      assertThat(kept()).as("nothing is published yet").isEqualTo("[]");
      for (int number = 1; number <= 3; number++) {
        publish(site);
        publish(site);
        assertThat(monitor(site))
            .isEqualTo("0 Publication " + 2 * number + " of " + HERE + "\n" + PROVED);
      }
      assertThat(monitor(site)).as("nothing is new").startsWith("0 Publication 6").endsWith(PROVED);
    }
  }

  @Test
  void aRewrittenLogIsNamedAndTheOldRootsStay() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      publish(site);
      assertThat(monitor(site)).startsWith("0 ");
      String before = kept();
      remove(new LogId("e", 0, HERE).partition());
      append(site);
      append(site);
      publish(site);
      assertThat(monitor(site))
          .startsWith(
              "1 log of shard 0 in "
                  + HERE
                  + ": no proof that it has only grown since publication 2")
          .contains("the log is not the one that was published")
          .endsWith("stays as it was.\n");
      assertThat(kept()).isEqualTo(before);
    }
  }

  @Test
  void publicationsThatAreMissingOrOthersAreNamed() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      assertThat(monitor(site)).startsWith("0 ");
      String before = kept();
      // Who has the key publishes another history.
      remove(Roots.partition("e", HERE));
      now.set(now.get().plusSeconds(1));
      publish(site);
      assertThat(monitor(site)).startsWith("1 ").contains("does not hold");
      remove(Roots.partition("e", HERE));
      now.set(now.get().plusSeconds(1));
      assertThat(monitor(site))
          .startsWith("1 publication 1 of " + HERE + " was published and there is none now");
      assertThat(kept()).isEqualTo(before);
    }
  }

  @Test
  void whatIsSeenForTheFirstTimeNeedsASignature() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      Path another = directory.resolve("another-key");
      var _ = ReceiptKeyFile.open(another);
      assertThat(monitor(site, another)).startsWith("1 ").contains("does not hold");
      assertThat(directory.resolve("roots")).doesNotExist();
    }
  }

  @Test
  void aFileWithoutPublicationsIsRefused() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      Path _ = Files.writeString(directory.resolve("roots"), "rubbish");
      assertThat(monitor(site)).startsWith("1 voting: ").contains("has no publications of roots");
      assertThat(kept()).isEqualTo("rubbish");
    }
  }

  @Test
  void aProofOfSomethingElseDoesNotHold() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      List<RootJson> kept = published(site);
      publish(site);
      publish(site);
      List<RootJson> last = published(site);
      assertThat(findings(site, path -> path, kept, last)).isEmpty();
      String ofShard0 = doesNotHold(0);
      String ofShard1 = doesNotHold(1);
      assertThat(findings(site, path -> path.replace("to=3", "to=2"), kept, last))
          .containsExactly(ofShard0, ofShard1);
      assertThat(findings(site, path -> path.replace("from=1", "from=2"), kept, last))
          .containsExactly(ofShard0, ofShard1);
      assertThat(findings(site, path -> path.replace("shard=1", "shard=0"), kept, last))
          .containsExactly(ofShard1);
    }
  }

  @Test
  void anotherNumberOfShardsIsNamed() throws Exception {
    try (MemorySite site = new MemorySite(regions, directory, now::get)) {
      publish(site);
      RootJson of = published(site).getFirst();
      RootJson three =
          new RootJson(
              of.region(), of.number(), of.time(), of.previous(), 3, of.top(), of.signature());
      assertThat(findings(site, path -> path, List.of(three), List.of(of)))
          .contains("the logs of " + HERE + " are 2, and 3 were published before");
    }
  }

  @Test
  void aServerThatIsBusyIsAskedTenTimes() throws Exception {
    var _ = ReceiptKeyFile.open(directory.resolve("receipt-key"));
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger busy = new AtomicInteger(3);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ =
        server.createContext(
            "/",
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "0");
              boolean isBusy = asked.incrementAndGet() <= busy.get();
              exchange.sendResponseHeaders(isBusy ? 503 : 200, 2);
              exchange.getResponseBody().write(new byte[] {'[', ']'});
              exchange.close();
            });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Path key = directory.resolve("receipt-key");
      assertThat(monitor(url, key)).isEqualTo("0 " + PROVED);
      assertThat(asked).hasValue(4);
      busy.set(1_000);
      assertThat(monitor(url, key)).startsWith("1 voting: the server is busy: " + url);
      assertThat(asked).hasValue(14);
    } finally {
      server.stop(0);
    }
  }

  private static String doesNotHold(int shard) {
    return "log of shard %d in %s: the proof that it has only grown since publication 1 does not hold"
        .formatted(shard, HERE);
  }

  private static List<RootJson> published(MemorySite site) throws Exception {
    byte[] roots = site.get("/elections/e/roots").body().getBytes(StandardCharsets.UTF_8);
    return RootJson.read(roots).orElseThrow();
  }

  /** Compares publications, while the server answers other questions than it is asked. */
  private static List<String> findings(
      MemorySite site, UnaryOperator<String> question, List<RootJson> kept, List<RootJson> last)
      throws Exception {
    GrowthAudit.Server server =
        path -> {
          HttpResponse<String> answer = site.get(question.apply(path));
          return new GrowthAudit.Reply(
              answer.statusCode(), answer.body().getBytes(StandardCharsets.UTF_8));
        };
    return new GrowthAudit(server, "e", site.key.publicKey())
        .compare(kept, last).stream().map(Finding::text).toList();
  }

  private String kept() throws IOException {
    return Files.readString(directory.resolve("roots"));
  }

  private String monitor(MemorySite site) {
    return monitor(site, directory.resolve("receipt-key"));
  }

  private String monitor(MemorySite site, Path key) {
    return monitor(site.address().toString(), key);
  }

  /** Returns the exit status and what was printed. */
  private String monitor(String url, Path key) {
    List<String> arguments =
        List.of(
            "--url",
            url,
            "--election",
            "e",
            "--public-key",
            key.toString(),
            "--roots",
            directory.resolve("roots").toString());
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output, true);
    int status =
        new Program("voting", MonitorCommand.COMMAND)
            .run(arguments.toArray(String[]::new), printer, printer);
    return status + " " + output;
  }

  private void publish(MemorySite site) {
    append(site);
    site.publish(election);
    now.set(now.get().plusSeconds(1));
  }

  private void append(MemorySite site) {
    appended++;
    site.append(
        election, 0, new Entry(Entry.Kind.CAST, "v" + appended, "a", OPENS.toString(), "1"));
  }

  /** Removes all rows of a partition, as an intruder does. */
  private void remove(String partition) {
    for (Map<String, AttributeValue> row : regions.here.rows("voting-count")) {
      if (Attributes.text(row, Keys.PARTITION).equals(partition)) {
        var _ = regions.here.deleteItem(it -> it.tableName("voting-count").key(Keys.of(row)));
      }
    }
  }
}
