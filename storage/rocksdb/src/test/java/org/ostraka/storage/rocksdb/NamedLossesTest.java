package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ostraka.storage.volume.Loss;

/** However much is lost, the list of it is short and has every key. */
final class NamedLossesTest {

  @Test
  void theLastLossCountsTheOthersAndHasTheirKeys() {
    NamedLosses losses = new NamedLosses();
    for (int i = 0; i < NamedLosses.MAX_NAMED; i++) {
      losses.add(loss(1, 1));
    }
    assertThat(losses.all()).hasSize(NamedLosses.MAX_NAMED);
    losses.add(Loss.ofNone("a file beside the rows"));
    losses.add(loss(20, 30));
    losses.add(loss(10, 12));
    losses.add(Loss.ofNone("another one"));
    List<Loss> all = losses.all();
    assertThat(all).hasSize(NamedLosses.MAX_NAMED + 1);
    assertThat(all.getLast().message()).startsWith("4 more ");
    for (int key = 0; key < 40; key++) {
      assertThat(all.getLast().mayHaveHad(new byte[] {(byte) key}))
          .as("key %d", key)
          .isEqualTo(key >= 10 && key <= 30);
    }
    assertThat(all.getLast().isOfAny()).isFalse();
    losses.add(Loss.ofAny("a log"));
    assertThat(losses.all().getLast().isOfAny()).isTrue();
  }

  private static Loss loss(int first, int last) {
    return new Loss("a block", new Loss.Keys(new byte[] {(byte) first}, new byte[] {(byte) last}));
  }
}
