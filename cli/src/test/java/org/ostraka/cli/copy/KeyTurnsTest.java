package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.testkit.random.RandomCase;

@Timeout(60)
final class KeyTurnsTest {
  private static final int THREADS = 8;
  private static final int KEYS = 12;

  private final KeyTurns turns = new KeyTurns();

  @Test
  void aKeyIsWorkedOnByOneThreadAtATime(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    long[] counts = new long[KEYS];
    Map<Integer, Long> expected = new HashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      Future<?>[] ends = new Future<?>[THREADS];
      for (int thread = 0; thread < THREADS; thread++) {
        RandomGenerator chance = random.branch(thread);
        RandomGenerator again = random.branch(thread);
        for (int i = 0; i < 5_000; i++) {
          some(again).forEach(key -> expected.merge((int) key.low(), 1L, Long::sum));
        }
        ends[thread] =
            threads.submit(() -> {
              for (int i = 0; i < 5_000; i++) {
                Set<Digest> keys = some(chance);
                turns.run(keys, () -> keys.forEach(key -> counts[(int) key.low()]++));
              }
            });
      }
      for (Future<?> end : ends) {
        end.get(60, TimeUnit.SECONDS);
      }
    }
    for (int key = 0; key < KEYS; key++) {
      assertThat(counts[key]).as(random.command()).isEqualTo(expected.get(key));
    }
  }

  @Test
  void otherKeysDoNotWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      try {
        Future<?> first =
            threads.submit(() ->
                turns.run(
                    Set.of(new Digest(0, 1)),
                    () -> {
                      begun.countDown();
                      await(over);
                    }));
        await(begun);
        turns.run(Set.of(new Digest(0, 2)), over::countDown);
        first.get(30, TimeUnit.SECONDS);
      } finally {
        over.countDown();
      }
    }
    assertThat(over.getCount()).isZero();
  }

  private static Set<Digest> some(RandomGenerator random) {
    Set<Digest> keys = new HashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      keys.add(new Digest(0, random.nextInt(KEYS)));
    }
    return keys;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }
}
