package org.ostraka.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.load.OverloadedException;

/** Heavy work runs on other threads, or is refused before it starts. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HeavyWorkTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    callers.close();
  }

  @Test
  void workIsDoneOnAPlatformThread() {
    HeavyWork heavy = HeavyWorks.of(1, 1, LONG);
    assertThat(heavy.call(() -> Thread.currentThread().isVirtual())).isFalse();
  }

  @Test
  void whatWorkThrowsReachesWhoAskedForIt() {
    HeavyWork heavy = HeavyWorks.of(1, 1, LONG);
    IllegalStateException problem = new IllegalStateException("x");
    assertThatThrownBy(() ->
            heavy.call(() -> {
              throw problem;
            }))
        .isSameAs(problem);
    assertThatThrownBy(() ->
            heavy.call(() -> {
              throw new StackOverflowError();
            }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(heavy.<String>call(() -> "still there")).isEqualTo("still there");
  }

  @Test
  void workWithoutAPlaceIsRefusedButWhatMustBeToldIsDone() throws Exception {
    HeavyWork heavy = HeavyWorks.of(2, 1, LONG);
    Future<String> first = callers.submit(() -> heavy.call(this::held));
    begun.await();
    assertThatThrownBy(() -> heavy.call(() -> "refused")).isInstanceOf(OverloadedException.class);
    assertThat(heavy.<String>finish(() -> "told")).isEqualTo("told");
    released.countDown();
    assertThat(first.get()).isEqualTo("held");
    assertThat(heavy.<String>call(() -> "again")).isEqualTo("again");
  }

  @Test
  void workWhoseTurnComesTooLateIsNotBegun() throws Exception {
    HeavyWork heavy = HeavyWorks.of(1, 2, Duration.ZERO);
    Future<String> first = callers.submit(() -> heavy.finish(this::held));
    begun.await();
    Future<String> late = callers.submit(() -> heavy.call(() -> "late"));
    released.countDown();
    assertThat(first.get()).isEqualTo("held");
    assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OverloadedException.class);
  }

  @Test
  void anInterruptedCallerWaitsToTheEnd() throws Exception {
    HeavyWork heavy = HeavyWorks.of(1, 1, LONG);
    CountDownLatch interrupted = new CountDownLatch(1);
    Future<Boolean> call =
        callers.submit(() -> {
          Thread.currentThread().interrupt();
          interrupted.countDown();
          return heavy.<String>call(this::held).equals("held") && Thread.interrupted();
        });
    interrupted.await();
    begun.await();
    released.countDown();
    assertThat(call.get()).isTrue();
  }

  private String held() {
    begun.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return "held";
  }
}
