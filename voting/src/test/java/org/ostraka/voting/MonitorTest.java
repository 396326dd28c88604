package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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

  private String kept() throws IOException {
    return Files.readString(directory.resolve("roots"));
  }

  private String monitor(MemorySite site) {
    return monitor(site, directory.resolve("receipt-key"));
  }

  /** Returns the exit status and what was printed. */
  private String monitor(MemorySite site, Path key) {
    List<String> arguments =
        List.of(
            "--url",
            site.address().toString(),
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
