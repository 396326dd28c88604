package org.ostraka.engine.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.insight.HotKeys.Hot;
import org.ostraka.engine.insight.HotKeys.Rule;
import org.ostraka.model.Bytes;

@Timeout(60)
final class HotKeysTest {
  private static final int THREADS = 16;
  private static final int KEYS = 50;
  private static final int ROUNDS = 400;
  private static final long MINUTE = 60_000_000_000L;

  /** Each of few keys keeps its exact count, whoever counts beside whom, and whoever reads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void countsOfFewKeysAreExactWhileManyThreadsCount(int stripes) throws Exception {
    HotKeys keys = new HotKeys(stripes, 0);
    AtomicBoolean counting = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> reader = threads.submit(() -> reportsUntil(counting, keys));
      try {
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<?>> counters = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          counters.add(
              threads.submit(() -> {
                begin.await();
                countAll(keys);
                return null;
              }));
        }
        begin.countDown();
        for (Future<?> each : counters) {
          each.get(30, TimeUnit.SECONDS);
        }
      } finally {
        counting.set(false);
      }
      assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
    }
    for (Rule rule : Rule.values()) {
      List<Hot> all = keys.top(rule, 2 * KEYS, 0);
      assertThat(all).as("%s", rule).hasSize(KEYS);
      for (Hot hot : all) {
        int number = hot.partition().array()[0];
        assertThat(hot.count()).as("key %s of %s", number, rule).isEqualTo(expected(rule, number));
      }
      assertThat(all.stream().mapToDouble(Hot::share).sum()).isEqualTo(1, within());
    }
  }

  private static int reportsUntil(AtomicBoolean counting, HotKeys keys) {
    int reports = 0;
    double before = 0;
    do {
      double now = keys.top(Rule.PKC, KEYS, 0).stream().mapToDouble(Hot::count).sum();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
      reports++;
    } while (counting.get());
    return reports;
  }

  private static void countAll(HotKeys keys) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int number = 0; number < KEYS; number++) {
        keys.accessed(Bytes.of(number), Optional.of(Bytes.of(1)), 0.5 * (number + 1), 0);
        if (number % 2 == 0 || round % 2 == 0) {
          keys.throttled(Bytes.of(number), Optional.of(Bytes.of(2)), 0);
        }
      }
    }
  }

  private static double expected(Rule rule, int number) {
    return switch (rule) {
      case PKC, SKC -> THREADS * ROUNDS * 0.5 * (number + 1);
      case PKT, SKT -> THREADS * ROUNDS * (number % 2 == 0 ? 1.0 : 0.5);
    };
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  /** The counts of a key are split between stripes by the threads that count. */
  @Test
  void aKeyWithAnEighthOfAllIsFoundAmongManyKeys() throws Exception {
    HotKeys keys = new HotKeys(4, 0);
    int each = 8_000;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> counters = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        counters.add(
            threads.submit(() -> {
              for (int n = 0; n < each; n++) {
                Bytes key = n % 8 == 0 ? Bytes.of(7) : Bytes.of(thread, n, n >> 8);
                keys.accessed(key, Optional.empty(), 1, 0);
              }
            }));
      }
      for (Future<?> counter : counters) {
        counter.get(30, TimeUnit.SECONDS);
      }
    }
    List<Hot> top = keys.top(Rule.PKC, 10, 0);
    int total = THREADS * each;
    assertThat(top.getFirst().partition()).isEqualTo(Bytes.of(7));
    assertThat(top.getFirst().count()).isEqualTo(total / 8.0, Offset.offset(0.014 * total));
    assertThat(top.getFirst().share()).isEqualTo(0.125, Offset.offset(0.014));
    assertThat(keys.top(Rule.SKC, 10, 0)).isEmpty();
  }

  @Test
  void countsStayForFiveToTenMinutesInEveryStripe() throws Exception {
    HotKeys keys = new HotKeys(4, 0);
    for (int i = 0; i < 8; i++) {
      Thread counter =
          Thread.ofVirtual().start(() -> keys.accessed(Bytes.of(1), Optional.empty(), 1, 0));
      assertThat(counter.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(keys.top(Rule.PKC, 1, 9 * MINUTE).getFirst().count()).isEqualTo(8);
    assertThat(keys.top(Rule.PKC, 1, 10 * MINUTE)).isEmpty();
  }

  /** A window that ended long ago does not begin the next one late. */
  @Test
  void windowsStayInStep() {
    KeySketch<Bytes> sketch = new KeySketch<>(10, 0);
    sketch.add(Bytes.of(1), 1, 37);
    assertThat(sketch.counts(39).total()).isEqualTo(1);
    assertThat(sketch.counts(49).total()).isEqualTo(1);
    assertThat(sketch.counts(50).total()).isZero();
  }
}
