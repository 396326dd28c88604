package org.ostraka.server.work;

import java.time.Duration;
import java.util.concurrent.Executors;

/** Threads for heavy work in tests. */
public final class HeavyWorks {
  /** Returns one for tests that do not examine it. */
  public static final HeavyWork SHARED = of(2, 64, Duration.ofSeconds(20));

  private HeavyWorks() {}

  static HeavyWork of(int threads, int places, Duration patience) {
    return new HeavyWork(
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("heavy").factory()),
        places,
        patience,
        System::nanoTime);
  }
}
