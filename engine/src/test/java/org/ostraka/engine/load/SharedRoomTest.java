package org.ostraka.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.testkit.random.RandomCase;

/**
 * Requests never hold more than there is, and a waiting request gets the room that others release.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SharedRoomTest {
  private static final int KILOBYTE = 1024;
  private static final int STEPS = 20_000;

  @Test
  void whatOneHoldsIsNotThereForOthers() {
    SharedRoom all = new SharedRoom(10 * KILOBYTE, Duration.ZERO);
    Room first = all.share();
    Room second = all.share();
    assertThat(first.hold(6 * KILOBYTE)).isTrue();
    assertThat(second.hold(5 * KILOBYTE)).isFalse();
    assertThat(second.hold(4 * KILOBYTE)).isTrue();
    assertThat(first.hold(7 * KILOBYTE)).isFalse();
    assertThat(second.hold(0)).isTrue();
    assertThat(first.hold(10 * KILOBYTE)).isTrue();
  }

  @Test
  void whoFindsNoRoomKeepsWhatWasHeld() {
    SharedRoom all = new SharedRoom(10 * KILOBYTE, Duration.ZERO);
    Room one = all.share();
    assertThat(one.hold(4 * KILOBYTE)).isTrue();
    assertThat(one.hold(11 * KILOBYTE)).isFalse();
    assertThat(all.share().hold(7 * KILOBYTE)).isFalse();
    assertThat(all.share().hold(6 * KILOBYTE)).isTrue();
  }

  @Test
  void moreThanThereIsIsNeverWaitedFor() {
    SharedRoom all = new SharedRoom(10 * KILOBYTE, Duration.ofDays(1));
    assertThat(all.share().await(11 * KILOBYTE)).isFalse();
    assertThat(all.share().await(Long.MAX_VALUE / 2)).isFalse();
  }

  @Test
  void whoWaitsInVainHoldsNothing() {
    SharedRoom all = new SharedRoom(10 * KILOBYTE, Duration.ofMillis(1));
    Room one = all.share();
    Room other = all.share();
    assertThat(one.hold(4 * KILOBYTE)).isTrue();
    assertThat(other.hold(4 * KILOBYTE)).isTrue();
    assertThat(one.await(8 * KILOBYTE)).isFalse();
    assertThat(other.hold(10 * KILOBYTE)).isTrue();
  }

  @Test
  void whoWaitsGetsWhatOthersLetGoOf() throws Exception {
    SharedRoom all = new SharedRoom(10 * KILOBYTE, Duration.ofDays(1));
    Room holder = all.share();
    assertThat(holder.hold(8 * KILOBYTE)).isTrue();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService waiters = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> came =
          waiters.submit(() -> {
            Room room = all.share();
            begun.countDown();
            return room.await(9 * KILOBYTE) && room.hold(0);
          });
      begun.await();
      assertThat(holder.hold(0)).isTrue();
      assertThat(came.get()).isTrue();
    }
    assertThat(all.share().hold(10 * KILOBYTE)).isTrue();
  }

  /** Each share mirrors what it holds in a counter of the real total. */
  @Test
  void manyAtOnceNeverHoldTooMuch(TestInfo test) throws Exception {
    RandomCase cases = RandomCase.of(test);
    SharedRoom all = new SharedRoom(64 * KILOBYTE, Duration.ofMillis(5));
    Semaphore really = new Semaphore(64);
    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> users = new ArrayList<>();
      for (int request = 0; request < 16; request++) {
        int index = request;
        users.add(requests.submit(() -> use(all.share(), really, cases, index)));
      }
      for (Future<?> each : users) {
        each.get();
      }
    }
    assertThat(really.availablePermits()).isEqualTo(64);
    assertThat(all.share().hold(64 * KILOBYTE)).isTrue();
  }

  private static void use(Room room, Semaphore really, RandomCase cases, int index) {
    var random = cases.branch(index);
    int held = 0;
    for (int i = 0; i < STEPS; i++) {
      int wanted = random.nextInt(20);
      really.release(held);
      boolean waits = random.nextInt(10) == 0;
      boolean got =
          waits ? room.await((long) wanted * KILOBYTE) : room.hold((long) wanted * KILOBYTE);
      held = got ? wanted : waits ? 0 : held;
      assertThat(really.tryAcquire(held)).isTrue();
    }
    really.release(held);
    room.hold(0);
  }
}
