package org.ostraka.voting.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.ShardRoot;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.receipt.ReceiptKey;

/**
 * What the audit keeps of publications, in a process with a small heap.
 *
 * <p>The largest election that docs/voting.md speaks of: {@code -Dvoting.audit.shards=2917
 * -Dvoting.audit.publications=4320 -Dvoting.audit.regions=2 -Dvoting.audit.heap=1g}.
 */
@Timeout(600)
final class ManyPublicationsTest {
  private static final String SHARDS = System.getProperty("voting.audit.shards", "1000");
  private static final String PUBLICATIONS = System.getProperty("voting.audit.publications", "300");
  private static final String REGIONS = System.getProperty("voting.audit.regions", "1");
  private static final String HEAP = System.getProperty("voting.audit.heap", "24m");

  @TempDir private Path directory;

  /** As objects, the roots of 300,000 states would take more than 27 MB. */
  @Test
  void theyFitInASmallHeap() throws Exception {
    File output = directory.resolve("output").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ManyPublicationsTest.class.getName(),
                SHARDS,
                PUBLICATIONS,
                REGIONS)
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertThat(process.waitFor()).as(Files.readString(output.toPath())).isZero();
    } finally {
      process.destroyForcibly();
    }
    System.out.print(Files.readString(output.toPath()));
  }

  /** Follows publications that have another state of every shard each time. */
  public static void main(String[] arguments) throws Exception {
    int shards = Integer.parseInt(arguments[0]);
    int publications = Integer.parseInt(arguments[1]);
    ReceiptKey key = new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    Instant opens = Instant.parse("2026-11-01T08:00:00Z");
    List<String> regions =
        IntStream.range(0, Integer.parseInt(arguments[2])).mapToObj(it -> "region-" + it).toList();
    Election election =
        new Election("e", List.of("a"), opens, opens.plusSeconds(1), new Sharding(shards), regions);
    Findings findings = new Findings();
    List<RootsAudit> audits = new ArrayList<>();
    for (String region : regions) {
      RootsAudit audit = new RootsAudit(election, key.publicKey(), findings, region);
      Stream<Roots.Signed> all =
          Stream.iterate(
                  roots(election, region, 1, Hash.ofText("")).signed(key),
                  before ->
                      roots(election, region, before.roots().number() + 1, before.roots().hash())
                          .signed(key))
              .limit(publications);
      audit.chain(all);
      audits.add(audit);
    }
    ManagementFactory.getMemoryMXBean().gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long seen = audits.stream().mapToLong(RootsAudit::publications).sum();
    System.out.printf(
        "%d publications of %d shards: %d MB, differences: %s%n",
        seen, shards, used >> 20, findings.listed());
    System.exit(
        findings.listed().isEmpty() && seen == (long) publications * regions.size() ? 0 : 1);
  }

  private static Roots roots(Election election, String region, long number, Hash previous) {
    List<ShardRoot> states =
        IntStream.range(0, election.sharding().shards())
            .mapToObj(shard -> new ShardRoot(number, Hash.ofText(number + "/" + shard)))
            .toList();
    return new Roots(election.id(), region, number, election.opens(), previous, states);
  }
}
