package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.server.config.ScrubSettings;
import org.ostraka.storage.Measure;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.testkit.clock.ManualClock;

/** Everything is read once in a period, also over restarts, and damage is told until it is gone. */
final class ScrubberTest {
  private static final ScrubSettings SETTINGS = new ScrubSettings(Duration.ofDays(30), 1_000);

  @TempDir Path directory;

  private final List<String> read = new ArrayList<>();
  private final TreeMap<String, Optional<String>> files = new TreeMap<>();
  private final Set<String> unreadable = new TreeSet<>();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-29T12:00:00Z"));
  private Duration rested = Duration.ZERO;
  private int readsUntilStop = Integer.MAX_VALUE;
  private @Nullable Scrubber stopping;

  @Test
  void aPassGoesOnAfterARestartAndIsRepeatedAfterThePeriod() {
    for (int i = 0; i < 5; i++) {
      files.put("table/" + i, Optional.empty());
    }
    readsUntilStop = 2;
    run(scrubber());
    assertThat(read).containsExactly("table/0", "table/1");
    readsUntilStop = Integer.MAX_VALUE;
    Scrubber again = scrubber();
    again.run();
    assertThat(read).as("a start has a minute for itself").hasSize(2);
    run(again);
    assertThat(read).containsExactly("table/0", "table/1", "table/2", "table/3", "table/4");
    assertThat(rested).as("500 bytes each at 1,000 a second").isEqualTo(Duration.ofSeconds(2));

    clock.advance(Duration.ofDays(29));
    run(scrubber());
    assertThat(read).hasSize(5);
    clock.advance(Duration.ofDays(1));
    run(scrubber());
    assertThat(read).hasSize(10);
  }

  @Test
  void damageIsToldUntilTheFileIsSoundOrGone() {
    files.put("table/1", Optional.of("table 1 is\ndamaged"));
    files.put("table/2", Optional.of("table 2 is damaged"));
    run(scrubber());
    assertThat(damaged(scrubber())).as("after a restart").isEqualTo(2);
    files.put("table/1", Optional.empty());
    files.remove("table/2");
    clock.advance(SETTINGS.period());
    Scrubber scrubber = scrubber();
    run(scrubber);
    assertThat(damaged(scrubber)).isZero();
  }

  @Test
  void aFileThatCannotBeReadCountsAndStopsNothing() {
    files.put("archive/1", Optional.empty());
    files.put("archive/2", Optional.empty());
    unreadable.add("archive/1");
    Scrubber scrubber = scrubber();
    run(scrubber);
    assertThat(read).containsExactly("archive/1", "archive/2");
    assertThat(damaged(scrubber)).isEqualTo(1);
    unreadable.clear();
    clock.advance(SETTINGS.period());
    run(scrubber);
    assertThat(damaged(scrubber)).isZero();
  }

  @Test
  void anArchiveThatIsAwayIsAskedAgainAfterAnHour() {
    for (int i = 0; i < 9; i++) {
      files.put("archive/" + i, Optional.empty());
    }
    unreadable.addAll(files.keySet());
    Scrubber scrubber = scrubber();
    run(scrubber);
    assertThat(read).hasSize(Scrubber.MAX_FAILURES_IN_A_ROW);
    run(scrubber);
    assertThat(read).as("a minute later").hasSize(Scrubber.MAX_FAILURES_IN_A_ROW);
    unreadable.clear();
    clock.advance(Scrubber.AWAY);
    run(scrubber);
    assertThat(read).as("the pass goes on").containsExactlyElementsOf(files.keySet());
    assertThat(damaged(scrubber)).isEqualTo(Scrubber.MAX_FAILURES_IN_A_ROW);
  }

  @Test
  void aStateThatCannotBeReadBeginsAnew() throws Exception {
    files.put("table/1", Optional.empty());
    Files.writeString(directory.resolve(ScrubParts.STATE), "began yesterday\nafter table/9\n");
    run(scrubber());
    assertThat(read).containsExactly("table/1");
  }

  private Scrubber scrubber() {
    return new Scrubber(
        SETTINGS,
        directory.resolve(ScrubParts.STATE),
        new Scrubber.Pieces() {
          @Override
          public List<Scrubber.Piece> after(String place) {
            return pieces(place);
          }

          @Override
          public boolean has(String place) {
            return files.containsKey(place);
          }
        },
        clock,
        time -> rested = rested.plus(time));
  }

  private void run(Scrubber scrubber) {
    clock.advance(Duration.ofMinutes(1));
    stopping = scrubber;
    scrubber.run();
  }

  /** Returns two pieces at once. */
  private List<Scrubber.Piece> pieces(String after) {
    return files.tailMap(after, false).entrySet().stream()
        .limit(2)
        .map(file ->
            new Scrubber.Piece(
                file.getKey(),
                500,
                () -> {
                  read.add(file.getKey());
                  if (stopping != null && read.size() >= readsUntilStop) {
                    stopping.stop();
                  }
                  if (unreadable.contains(file.getKey())) {
                    throw new StorageFailedException(
                        "the archive cannot be read", new IOException("bad sector"));
                  }
                  return file.getValue();
                }))
        .toList();
  }

  private static double damaged(Scrubber scrubber) {
    return scrubber.measures().stream()
        .filter(measure -> measure.name().equals("scrub_damaged_files"))
        .mapToDouble(Measure::value)
        .sum();
  }
}
