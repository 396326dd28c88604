package org.ostraka.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UseCountTest {
  private static final int USERS = 4;
  private static final int WAITS = 2_000;

  private final UseCount uses = new UseCount();

  @Test
  void usesThatBeginDuringAWaitDoNotProlongIt() throws Exception {
    UseCount.Generation first = uses.enter();
    Thread waiting = waiting();
    UseCount.Generation second = uses.enter();
    assertThat(waiting.isAlive()).isTrue();
    first.leave();
    waiting.join();
    second.leave();
  }

  @Test
  void eachOfTwoWaitsEndsWithTheUsesThatBeganBefore() throws Exception {
    UseCount.Generation first = uses.enter();
    Thread one = waiting();
    Thread other = waiting();
    assertThat(one.isAlive()).isTrue();
    assertThat(other.isAlive()).isTrue();
    first.leave();
    one.join();
    other.join();
  }

  @Test
  void anInterruptIsKeptForLater() throws Exception {
    UseCount.Generation use = uses.enter();
    Semaphore kept = new Semaphore(0);
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              uses.awaitEarlier();
              if (Thread.currentThread().isInterrupted()) {
                kept.release();
              }
            });
    awaitStandstill(waiting);
    use.leave();
    waiting.join();
    assertThat(kept.tryAcquire()).isTrue();
  }

  @Test
  void noUseThatBeganBeforeAWaitGoesOnAfterIt() throws Exception {
    Room room = new Room();
    List<Future<?>> users = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(USERS)) {
      for (int i = 0; i < USERS; i++) {
        users.add(threads.submit(() -> visit(room)));
      }
      for (int i = 0; i < WAITS; i++) {
        Room.Table gone = room.table;
        room.table = new Room.Table();
        uses.awaitEarlier();
        gone.gone = true;
      }
      room.closed = true;
      for (Future<?> user : users) {
        user.get();
      }
    }
  }

  /** A room in which the table is replaced again and again. */
  private static final class Room {
    private volatile Table table = new Table();
    private volatile boolean closed;

    private static final class Table {
      private volatile boolean gone;
    }
  }

  private void visit(Room room) {
    while (!room.closed) {
      UseCount.Generation use = uses.enter();
      Room.Table table = room.table;
      assertThat(table.gone).isFalse();
      Thread.onSpinWait();
      assertThat(table.gone).isFalse();
      use.leave();
    }
  }

  private Thread waiting() {
    Thread thread = Thread.ofPlatform().start(uses::awaitEarlier);
    awaitStandstill(thread);
    return thread;
  }

  private static void awaitStandstill(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
