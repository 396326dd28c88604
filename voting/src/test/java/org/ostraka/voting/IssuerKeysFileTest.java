package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The keys of voters' tokens are read again when their file changes. */
@Timeout(60)
final class IssuerKeysFileTest {
  private static final InstantSource CLOCK = InstantSource.system();

  private final VoterKey first = VoterKey.make();
  private final VoterKey second = VoterKey.make();
  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path directory;

  private Path file;
  private IssuerKeysFile keys;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("keys.json");
    Files.writeString(file, first.publicSet());
    keys = new IssuerKeysFile(file, VoterKey.ISSUER, VoterKey.AUDIENCE, CLOCK, warnings::add);
  }

  @Test
  void tokensAreThoseOfTheKeysInTheFile() throws IOException {
    String before = first.token("voter");
    String after = second.token("voter");
    assertThat(keys.tokens().voter(before)).contains("voter");
    assertThat(keys.tokens().voter(after)).isEmpty();
    assertThat(keys.reload()).as("replaced").isFalse();
    Files.writeString(file, second.publicSet());
    assertThat(keys.reload()).as("replaced").isTrue();
    assertThat(keys.reload()).as("replaced once").isFalse();
    assertThat(keys.tokens().voter(after)).contains("voter");
    assertThat(keys.tokens().voter(before)).as("it was remembered").isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFileThatCannotBeUsedLeavesTheKeysAsTheyWere() throws IOException {
    String token = first.token("voter");
    for (String unusable : List.of("", "{", "[]", "{\"keys\":[]}")) {
      Files.writeString(file, unusable);
      keys.reload();
      keys.reload();
      assertThat(keys.tokens().voter(token)).as(unusable).contains("voter");
    }
    Files.delete(file);
    keys.reload();
    keys.reload();
    assertThat(keys.tokens().voter(token)).contains("voter");
    assertThat(warnings)
        .as("each problem once")
        .hasSize(3)
        .allMatch(warning -> warning.contains("stay as they were: " + file));
    Files.writeString(file, second.publicSet());
    keys.reload();
    assertThat(keys.tokens().voter(second.token("voter"))).contains("voter");
    Files.delete(file);
    keys.reload();
    assertThat(warnings).as("the same problem later").hasSize(4);
  }

  @Test
  void theFileIsReadEveryFiveSeconds() {
    List<Duration> pauses = new ArrayList<>();
    keys.run(pause -> {
      pauses.add(pause);
      try {
        Files.writeString(file, second.publicSet());
      } catch (IOException failed) {
        throw new IllegalStateException(failed);
      }
      if (pauses.size() == 2) {
        Thread.currentThread().interrupt();
      }
    });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    assertThat(keys.tokens().voter(second.token("voter"))).contains("voter");
  }

  @Test
  void aServerDoesNotStartWithoutKeys() throws IOException {
    Files.writeString(file, "{\"keys\":[]}");
    assertThatThrownBy(() -> new IssuerKeysFile(file, VoterKey.ISSUER, VoterKey.AUDIENCE, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key set without keys");
    Path missing = directory.resolve("none");
    assertThatThrownBy(() -> new IssuerKeysFile(missing, VoterKey.ISSUER, VoterKey.AUDIENCE, CLOCK))
        .isInstanceOf(NoSuchFileException.class);
  }
}
