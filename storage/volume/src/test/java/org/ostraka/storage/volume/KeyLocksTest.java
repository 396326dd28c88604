package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KeyLocksTest {
  private static final int KEYS = 12;
  private static final int THREADS = 6;
  private static final int ROUNDS = 4_000;

  private final KeyLocks locks = new KeyLocks();

  @Test
  void keysTakenInAnyOrderNeverLeadToADeadlockAndAreHeldByOneAtATime() {
    // Plain fields on purpose: only the locks keep the counts right.
    int[] counts = new int[KEYS];
    List<Call<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int seed = i;
      calls.add(new Call<>(() -> countUp(counts, new Random(seed))));
    }
    int expected = calls.stream().mapToInt(Call::result).sum();

    int found = 0;
    for (int count : counts) {
      found += count;
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void manyKeysThatShareLocksAreTakenTogetherAndAgain() {
    List<Bytes> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(Bytes.of(i, i >> 8));
    }
    for (int round = 0; round < 2; round++) {
      try (KeyLocks.Held held = locks.lock(many)) {
        assertThat(held).isNotNull();
      }
    }
    String result =
        new Call<>(
                () -> {
                  try (KeyLocks.Held _ = locks.lock(many)) {
                    return "taken";
                  }
                })
            .result();
    assertThat(result).isEqualTo("taken");
  }

  @Test
  void otherKeysAreFreeWhileOneIsHeld() {
    List<Bytes> free = new ArrayList<>();
    try (KeyLocks.Held _ = locks.lock(List.of(Bytes.of(1)))) {
      for (int i = 2; i < 10; i++) {
        Bytes key = Bytes.of(i);
        free.add(new Call<>(() -> takenAndReleased(key)).result());
      }
    }
    assertThat(free).hasSize(8);
  }

  private Bytes takenAndReleased(Bytes key) {
    try (KeyLocks.Held _ = locks.lock(List.of(key))) {
      return key;
    }
  }

  private int countUp(int[] counts, Random random) {
    int counted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> chosen = new ArrayList<>();
      for (int key = 0; key < KEYS; key++) {
        if (random.nextInt(4) == 0) {
          chosen.add(key);
        }
      }
      Collections.shuffle(chosen, random);
      try (KeyLocks.Held _ = locks.lock(chosen.stream().map(Bytes::of).toList())) {
        chosen.forEach(key -> counts[key]++);
        counted += chosen.size();
      }
    }
    return counted;
  }
}
