package org.ostraka.voting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values are read once a second, and failures as seldom. */
@Timeout(60)
final class RecentTest {
  private volatile Instant now = Instant.EPOCH;
  private int readings;

  private final Recent<String> recent = new Recent<>(() -> now);

  @Test
  void aValueIsReadOnceASecondForEachKey() {
    assertThat(recent.get("a", this::read)).isEqualTo("1");
    assertThat(recent.get("b", this::read)).isEqualTo("2");
    now = now.plusMillis(999);
    assertThat(recent.get("a", this::read)).isEqualTo("1");
    now = now.plusMillis(1);
    assertThat(recent.get("a", this::read)).isEqualTo("3");
  }

  @Test
  void aFailureIsNotTriedAgainInTheSameSecond() {
    for (int times = 0; times < 3; times++) {
      assertThatThrownBy(() -> recent.get("a", this::fail))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("reading 1");
    }
    now = now.plusSeconds(1);
    assertThat(recent.get("a", this::read)).isEqualTo("2");
  }

  @Test
  void thoseWhoAskWhileAThreadReadsGetItsValue() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> values = new ArrayList<>();
      try {
        values.add(threads.submit(() -> recent.get("a", () -> slowly(begun, goOn))));
        begun.await();
        for (int other = 0; other < 10; other++) {
          values.add(threads.submit(() -> recent.get("a", this::read)));
        }
      } finally {
        goOn.countDown();
      }
      for (Future<String> value : values) {
        assertThat(value.get()).isEqualTo("1");
      }
    }
  }

  private String read() {
    readings++;
    return Integer.toString(readings);
  }

  private String fail() {
    readings++;
    throw new IllegalArgumentException("reading " + readings);
  }

  private String slowly(CountDownLatch begun, CountDownLatch goOn) {
    begun.countDown();
    try {
      goOn.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return read();
  }
}
