package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Turns on threads that the test runs by hand. */
final class TurnsTest {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final ByHand threads = new ByHand();
  private int taken;
  private Runnable during = () -> {};
  private final Turns turns = new Turns(threads, "work", this::step, EVERY);

  /** What was handed over, and what is to come later. */
  private static final class ByHand implements Turns.Threads {
    private final Deque<Runnable> handedOver = new ArrayDeque<>();
    private final List<Later> later = new ArrayList<>();
    private boolean refuses;

    private record Later(Duration delay, Runnable work, CompletableFuture<Void> handle) {}

    @Override
    public void run(Runnable work) {
      if (refuses) {
        throw new RejectedExecutionException("as intended");
      }
      handedOver.add(work);
    }

    @Override
    public Future<?> later(Duration delay, Runnable work) {
      Later added = new Later(delay, work, new CompletableFuture<>());
      later.add(added);
      return added.handle();
    }

    List<Duration> waiting() {
      return later.stream().filter(each -> !each.handle().isDone()).map(Later::delay).toList();
    }

    void timePasses() {
      List<Later> due = later.stream().filter(each -> !each.handle().isDone()).toList();
      later.clear();
      due.forEach(each -> each.work().run());
    }

    void runOne() {
      handedOver.remove().run();
    }
  }

  private void step() {
    taken++;
    during.run();
  }

  @Test
  void aTurnComesAWhileAfterTheLastOneHasEnded() {
    turns.begin(FIRST);
    assertThat(threads.waiting()).containsExactly(FIRST);
    threads.timePasses();
    assertThat(threads.waiting()).isEmpty();
    threads.runOne();
    assertThat(threads.waiting()).containsExactly(EVERY);
    threads.timePasses();
    threads.runOne();
    assertThat(taken).isEqualTo(2);
  }

  @Test
  void whoAsksDoesNotWaitForTheNextTurn() {
    turns.begin(FIRST);
    turns.now();
    assertThat(threads.waiting()).isEmpty();
    threads.runOne();
    assertThat(taken).isOne();
    assertThat(threads.waiting()).containsExactly(EVERY);
  }

  @Test
  void askingTwiceBeforeATurnBeginsGivesOneMoreAfterIt() {
    turns.now();
    turns.now();
    assertThat(threads.handedOver).hasSize(1);
    threads.runOne();
    threads.runOne();
    assertThat(threads.handedOver).isEmpty();
    assertThat(taken).isEqualTo(2);
  }

  @Test
  void whatIsAskedForDuringATurnComesOnceAndAfterIt() {
    during =
        () -> {
          turns.now();
          turns.now();
          assertThat(threads.handedOver).isEmpty();
        };
    turns.now();
    threads.runOne();
    during = () -> {};
    threads.runOne();
    assertThat(threads.handedOver).isEmpty();
    assertThat(threads.waiting()).containsExactly(EVERY);
    assertThat(taken).isEqualTo(2);
  }

  @Test
  void aTurnThatFailsIsFollowedByAnother() {
    during =
        () -> {
          throw new IllegalStateException("as intended");
        };
    turns.now();
    assertThatThrownBy(threads::runOne).hasMessage("as intended");
    assertThat(threads.waiting()).containsExactly(EVERY);
  }

  @Test
  void aTurnForWhichThereIsNoThreadComesAtItsNextTime() {
    threads.refuses = true;
    turns.now();
    assertThat(threads.waiting()).containsExactly(EVERY);
    threads.refuses = false;
    threads.timePasses();
    threads.runOne();
    assertThat(taken).isOne();
    turns.close();
  }

  @Test
  void noneFollowsAStop() {
    turns.begin(FIRST);
    turns.stop();
    assertThat(threads.waiting()).isEmpty();
    turns.now();
    turns.begin(FIRST);
    assertThat(threads.handedOver).isEmpty();
    assertThat(threads.waiting()).isEmpty();
    turns.close();
  }

  @Test
  void noneFollowsTheOneDuringWhichItStops() {
    during =
        () -> {
          turns.now();
          turns.stop();
        };
    turns.now();
    threads.runOne();
    assertThat(threads.handedOver).isEmpty();
    assertThat(threads.waiting()).isEmpty();
    turns.close();
  }
}
