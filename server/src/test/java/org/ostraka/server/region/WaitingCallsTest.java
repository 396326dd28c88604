package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.region.PeerException;

/** Calls that wait for another process are bounded, and can be taken back. */
@Timeout(60)
final class WaitingCallsTest {
  private static final int MIB = 1 << 20;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore released = new Semaphore(0);
  private final CountDownLatch busy = new CountDownLatch(WaitingCalls.MAX_UNDER_WAY);
  private final List<Integer> sent = Collections.synchronizedList(new ArrayList<>());
  private final WaitingCalls calls = calls(Duration.ofSeconds(30));
  private final WaitingCalls hasty = calls(Duration.ofMillis(1));

  private WaitingCalls calls(Duration patience) {
    return new WaitingCalls("http://there", patience, this::answers);
  }

  private List<PeerCall> answers(List<PeerCall> several) throws InterruptedException {
    several.forEach(call -> sent.add(call.content().length));
    busy.countDown();
    released.acquire();
    return several;
  }

  @AfterEach
  void stop() {
    released.release(1_000);
    executor.shutdownNow();
  }

  /** Keeps all requests busy, so that further calls wait. */
  private void occupy(WaitingCalls those) throws InterruptedException {
    for (int i = 0; i < WaitingCalls.MAX_UNDER_WAY; i++) {
      int before = sent.size();
      var _ = executor.submit(() -> those.answer(call(1)));
      while (sent.size() == before) {
        Thread.onSpinWait();
      }
    }
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static PeerCall call(int bytes) {
    return new PeerCall(PeerCall.APPLY, new byte[bytes]);
  }

  @Test
  void callsThatAreTooLargeTogetherWaitUntilOthersAreSent() throws Exception {
    occupy(hasty);
    List<Future<PeerCall>> waiting = new ArrayList<>();
    int most = (int) (WaitingCalls.MAX_BYTES / MIB);
    for (int i = 0; i < most; i++) {
      waiting.add(executor.submit(() -> hasty.answer(call(MIB))));
    }
    await(hasty, most);
    assertThatThrownBy(() -> hasty.answer(call(1)))
        .isInstanceOf(PeerException.class)
        .hasMessage("too many calls wait for http://there");
    released.release(1_000);
    for (Future<PeerCall> each : waiting) {
      assertThat(each.get().content()).hasSize(MIB);
    }
    assertThat(hasty.answer(call(2 * most * MIB)).content()).as("alone").hasSize(2 * most * MIB);
  }

  private static void await(WaitingCalls those, int waiting) {
    while (those.waiting() != waiting) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aCallWhoseCallerIsInterruptedIsNotSent() throws Exception {
    occupy(calls);
    List<Future<PeerCall>> interrupted = new ArrayList<>();
    for (int i = 0; i < WaitingCalls.MAX_CALLS; i++) {
      interrupted.add(executor.submit(() -> calls.answer(call(2))));
    }
    await(calls, WaitingCalls.MAX_CALLS);
    interrupted.forEach(each -> each.cancel(true));
    await(calls, 0);
    Future<PeerCall> last = executor.submit(() -> calls.answer(call(3)));
    await(calls, 1);
    released.release(1_000);
    assertThat(last.get().content()).hasSize(3);
    assertThat(sent).contains(3).doesNotContain(2);
  }

  @Test
  void aFailureIsThatOfAllCallsOfTheRequest() {
    WaitingCalls failing =
        new WaitingCalls(
            "http://there",
            Duration.ofSeconds(1),
            _ -> {
              throw new IOException("no route");
            });
    assertThatThrownBy(() -> failing.answer(call(1)))
        .isInstanceOf(PeerException.class)
        .hasMessage("http://there cannot be reached: no route");
  }
}
