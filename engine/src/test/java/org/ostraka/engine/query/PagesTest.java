package org.ostraka.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.storage.Store;

/** Pages are read a few at the same time, so that however many are asked for fit in memory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PagesTest {
  private static final int AT_ONCE = 2;
  private static final int CALLERS = 20;
  private static final PageRequest WHOLE =
      new PageRequest(
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          Substitutions.NONE,
          true,
          ReturnConsumedCapacity.NONE);

  private final CountDownLatch full = new CountDownLatch(AT_ONCE);
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void pagesBeyondThoseThatAreReadAtOnceWaitForTheirTurn() throws Exception {
    try (TestEngine engine = new TestEngine()) {
      engine.create("votes");
      engine.put("votes", "1");
      Pages pages = new Pages(counted(engine.store()), AT_ONCE);
      ScanHandler handler = new ScanHandler(engine.gate(), pages, new Expressions());
      List<FutureTask<PageResponse>> scans = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Scan.Request request = new Scan.Request("votes", null, null, WHOLE);
        FutureTask<PageResponse> scan =
            new FutureTask<>(() -> handler.handle(TestEngine.CALLER, request));
        scans.add(scan);
        Thread.ofVirtual().start(scan);
      }
      for (FutureTask<PageResponse> scan : scans) {
        assertThat(Objects.requireNonNull(scan.get().items())).hasSize(1);
      }
      assertThat(most).hasValue(AT_ONCE);
    }
  }

  /** A store that counts the scans that begin at the same time, and lets none go on alone. */
  private Store counted(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (!method.getName().equals("scan")) {
                return invoke(store, method, arguments);
              }
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              full.countDown();
              full.await();
              try {
                return invoke(store, method, arguments);
              } finally {
                now.decrementAndGet();
              }
            });
  }

  private static Object invoke(Store store, java.lang.reflect.Method method, Object[] arguments)
      throws IllegalAccessException, InvocationTargetException {
    return method.invoke(store, arguments);
  }
}
