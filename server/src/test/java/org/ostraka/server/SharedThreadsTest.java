package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work on the threads that all work in the background shares. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SharedThreadsTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration AT_ONCE = Duration.ZERO;

  private final SharedThreads threads = new SharedThreads();
  private final BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> names = new LinkedBlockingQueue<>();
  private final Semaphore mayEnd = new Semaphore(0);

  @AfterEach
  void closeThreads() {
    mayEnd.release(1000);
    threads.close();
  }

  private void step() {
    names.add(Thread.currentThread().getName());
    begun.add(Thread.currentThread());
    mayEnd.acquireUninterruptibly();
  }

  @Test
  void aThreadHasTheNameOfItsWork() throws Exception {
    try (Turns turns = threads.turns("sweeping", this::step, AT_ONCE)) {
      turns.begin(AT_ONCE);
      assertThat(names.take()).isEqualTo("sweeping");
      mayEnd.release();
      assertThat(names.take()).isEqualTo("sweeping");
      mayEnd.release(1000);
    }
  }

  /** A turn that takes long holds no other work up. */
  @Test
  void workOfDifferentKindsRunsAtOnce() throws Exception {
    try (Turns one = threads.turns("one", this::step, NEVER);
        Turns other = threads.turns("other", this::step, NEVER)) {
      one.begin(AT_ONCE);
      other.begin(AT_ONCE);
      assertThat(begun.take()).isNotSameAs(begun.take());
      mayEnd.release(2);
    }
  }

  @Test
  void closingWaitsForTheTurnThatIsUnderWay() throws Exception {
    Turns turns = threads.turns("exporting", this::step, AT_ONCE);
    turns.now();
    Objects.requireNonNull(begun.take());
    Thread closing = Thread.ofPlatform().start(turns::close);
    while (closing.isAlive() && closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(closing.isAlive()).isTrue();
    mayEnd.release();
    closing.join();
    assertThat(begun).isEmpty();
  }

  /** A request may ask for a turn, and a thread that is made for it outlives the request. */
  @Test
  void aThreadKeepsNothingOfTheOneThatAskedForIt() throws Exception {
    ClassLoader usual = Thread.currentThread().getContextClassLoader();
    CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
    Runnable look = () -> seen.complete(Thread.currentThread().getContextClassLoader());
    try (Turns turns = threads.turns("looking", look, NEVER)) {
      Thread request = Thread.ofVirtual().unstarted(turns::now);
      request.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      request.start();
      assertThat(seen.get()).isSameAs(usual);
    }
  }
}
