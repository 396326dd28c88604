package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.ofEpochSecond(100);

  @Test
  void aLineSaysHowFarAndHowFastAtMostTwiceASecond() {
    Progress progress = new Progress(lines::add, () -> now);
    progress.begin(1000);
    now = now.plusSeconds(2);
    progress.scanned(100);
    now = now.plusMillis(499);
    progress.scanned(100);
    now = now.plusMillis(1501);
    progress.scanned(100);
    progress.begin(0);
    now = now.plusSeconds(1);
    progress.followed(7);
    assertThat(lines)
        .containsExactly(
            "copied 100 of about 1000 items, 50 a second, 2 s",
            "copied 300 of about 1000 items, 75 a second, 4 s",
            "followed 7 changes, 7 a second, 1 s");
  }
}
