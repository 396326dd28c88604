package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.THERE;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.token.IssuerKey;

/** Where the votes of {@code voting load} go, and what it says when they do not arrive. */
@Timeout(60)
final class LoadCommandTest {
  private final TwoMemories regions = new TwoMemories();

  @TempDir private Path directory;

  @Test
  void theFirstRegionOfTheElectionIsTheHomeOfTheMostVoters() throws Exception {
    declare("even", List.of(HERE, THERE));
    declare("here", List.of(HERE, THERE));
    declare("there", List.of(THERE, HERE));
    regions.replicate();
    try (MemorySite site = new MemorySite(regions, directory, InstantSource.system())) {
      assertThat(site.load("even", List.of("--skew-regions", "0"))).contains("Ledger complete");
      assertThat(site.load("here", List.of("--skew-regions", "100"))).contains("Ledger complete");
      assertThat(site.load("there", List.of("--skew-regions", "100"))).contains("Ledger complete");
      assertThat(site.load("none", List.of())).contains("no such election: none");
    }
    assertThat(ballots(regions.here, "even")).isPositive();
    assertThat(ballots(regions.there, "even")).isPositive();
    assertThat(ballots(regions.here, "here")).isPositive();
    assertThat(ballots(regions.there, "here")).isZero();
    assertThat(ballots(regions.here, "there")).isZero();
    assertThat(ballots(regions.there, "there")).isPositive();
  }

  @Test
  void votesThatTheServerRejectsEndInAFailure() throws Exception {
    declare("early", List.of(HERE, THERE), "2099-01-01T00:00:00Z");
    regions.replicate();
    try (MemorySite site = new MemorySite(regions, directory, InstantSource.system())) {
      assertThat(site.load("early", List.of()))
          .contains("status 1", "Receipts 0 ", "refused 0", "given up 0")
          .containsPattern("Rejected \\d+, the first with 403 .*the election is not open");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskEndsInAFailure() throws Exception {
    declare("even", List.of(HERE, THERE));
    regions.replicate();
    try (MemorySite site = new MemorySite(regions, directory, InstantSource.system())) {
      // A write to this file fails as on a disk without space (man 4 full).
      assertThat(site.load("even", Path.of("/dev/full"), List.of()))
          .contains("status 1", "Receipts 0 ", "Ledger incomplete")
          .contains("voting: the ledger is not complete", "No space left on device");
    }
  }

  @Test
  void whatAServerAnswersInsteadOfTheElectionIsNamed() throws Exception {
    AtomicInteger status = new AtomicInteger(503);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ =
        server.createContext(
            "/",
            exchange -> {
              exchange.sendResponseHeaders(status.get(), 2);
              exchange.getResponseBody().write(new byte[] {'{', '}'});
              exchange.close();
            });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(load("--url", url, "--election", "e"))
          .isEqualTo("status 1\nvoting: " + url + "/elections/e answers 503\n");
      status.set(200);
      assertThat(load("--url", url + "/", "--election", "e"))
          .isEqualTo("status 1\nvoting: " + url + "/elections/e has no election\n");
      status.set(404);
      assertThat(load("--url", url, "--election", "e"))
          .isEqualTo("status 1\nvoting: no such election: e\n");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void serversAndElectionsAreNamedAsTheyAre() throws Exception {
    assertThat(load("--election", "e")).startsWith("status 2\nvoting: --url and --election are");
    assertThat(load("--url", "http://localhost:1")).startsWith("status 2\nvoting: --url and");
    assertThat(load("--url", "localhost:1", "--election", "e"))
        .startsWith("status 2\nvoting: no URL: localhost:1");
    for (String part : List.of("/vote", "/?region=eu", "#vote")) {
      assertThat(load("--url", "http://localhost:1" + part, "--election", "e"))
          .startsWith("status 2\nvoting: a server's URL has no path: http://localhost:1" + part);
    }
    assertThat(load("--url", "http://localhost:1", "--election", "E/votes"))
        .startsWith("status 2\nvoting: no election has the id E/votes");
  }

  private String load(String... options) throws IOException {
    IssuerKey issuer = IssuerKey.make("issuer", "vote", InstantSource.system());
    Path key = Files.writeString(directory.resolve("issuer"), issuer.secret());
    List<String> load = new ArrayList<>(List.of("load", "--issuer-key", key.toString()));
    load.addAll(List.of("--issuer", "issuer", "--audience", "vote"));
    load.addAll(List.of("--ledger", directory.resolve("ledger").toString()));
    load.addAll(List.of(options));
    return Voting.runHere(load);
  }

  private void declare(String id, List<String> inRegions) {
    declare(id, inRegions, "2020-01-01T00:00:00Z");
  }

  private void declare(String id, List<String> inRegions, String opens) {
    Election election =
        new Election(
            id,
            List.of("a", "b"),
            Instant.parse(opens),
            Instant.parse("2100-01-01T00:00:00Z"),
            new Sharding(4),
            inRegions);
    boolean _ = new Elections(regions.table()).declare(election, Instant.EPOCH);
  }

  /** Returns how many ballots of an election a region has accepted: there is no replication. */
  private static long ballots(MemoryRegion region, String election) {
    return region.rows("voting").stream()
        .filter(row -> Attributes.text(row, "PK").startsWith("VOTE#" + election + "#"))
        .filter(row -> row.containsKey("candidate"))
        .count();
  }
}
