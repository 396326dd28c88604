package org.ostraka.voting.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.TwoMemories;

/** When votes are written again that could not be written together. */
@Timeout(60)
final class MixerTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(TwoMemories.OPENS);

  @Test
  void votesThatCannotBeWrittenAreWrittenAgainAfterGrowingPauses() {
    List<Instant> writes = new ArrayList<>();
    Mixer mixer =
        new Mixer(
            1,
            _ -> {
              writes.add(now.get());
              return Map.of();
            },
            () -> now.updateAndGet(it -> it.plusMillis(5)),
            () -> 0);
    assertThat(mixer.cast(new SecretVote("v", "a", "1"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(writes).hasSizeGreaterThan(5);
    for (int at = 1; at < 6; at++) {
      assertThat(Duration.between(writes.get(at - 1), writes.get(at)))
          .as("pause before write " + (at + 1))
          .isGreaterThanOrEqualTo(Duration.ofMillis(10L << (at - 1)));
    }
  }
}
