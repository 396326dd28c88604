package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.storage.StorageFailedException;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GateTest {
  private final Gate gate = new Gate();

  @Test
  void closesOnceAndRefusesWhoComesLater() {
    gate.enter().close();

    assertThat(gate.close()).isTrue();
    assertThat(gate.close()).isFalse();
    gate.awaitEmpty();
    assertThatThrownBy(gate::enter).isInstanceOf(StorageFailedException.class);
    gate.awaitEmpty();
  }

  @Test
  void waitsForThoseInside() {
    AtomicBoolean left = new AtomicBoolean();
    CountDownLatch closed = new CountDownLatch(1);
    Gate.Pass pass = gate.enter();
    Call<String> inside =
        new Call<>(() -> {
          awaitUninterrupted(closed);
          left.set(true);
          pass.close();
          return "left";
        });
    gate.close();
    closed.countDown();
    gate.awaitEmpty();

    assertThat(left).isTrue();
    assertThat(inside.result()).isEqualTo("left");
  }

  @Test
  void nobodyIsInsideOnceItIsEmpty() {
    for (int round = 0; round < 50; round++) {
      Gate crowded = new Gate();
      AtomicInteger inside = new AtomicInteger();
      Call<?>[] visitors = new Call<?>[4];
      CountDownLatch entered = new CountDownLatch(100);
      for (int i = 0; i < visitors.length; i++) {
        visitors[i] = new Call<>(() -> visitUntilClosed(crowded, inside, entered));
      }
      awaitUninterrupted(entered);
      crowded.close();
      crowded.awaitEmpty();
      assertThat(inside).hasValue(0);
      for (Call<?> visitor : visitors) {
        visitor.result();
      }
    }
  }

  private static String visitUntilClosed(Gate gate, AtomicInteger inside, CountDownLatch entered) {
    while (true) {
      try (Gate.Pass _ = gate.enter()) {
        inside.incrementAndGet();
        entered.countDown();
        inside.decrementAndGet();
      } catch (StorageFailedException _) {
        return "refused";
      }
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("nobody came", interrupted);
    }
  }
}
