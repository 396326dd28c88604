package org.ostraka.server.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWorks;

/** Servers under test: real ones on a free loopback port. */
final class Servers {

  private static final long SEED = 20_261_121;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Servers() {}

  static HttpServer start(HttpEndpoint endpoint) {
    return start(HttpLimits.DEFAULT, endpoint);
  }

  static HttpServer start(HttpLimits limits, HttpEndpoint endpoint) {
    return start(settings(limits, 0), endpoint);
  }

  /** Starts a server for which no time passes, so that it never forgets a failure. */
  static HttpServer startWithMemory(HttpLimits limits, HttpEndpoint endpoint) {
    return start(settings(limits, 0, new FailureLimits(() -> 0, 1)), endpoint);
  }

  private static HttpServer start(HttpSettings settings, HttpEndpoint endpoint) {
    return HttpServer.start(
        settings,
        endpoint,
        new Random(SEED),
        System::nanoTime,
        Thread.ofPlatform().daemon().name("timeouts").factory(),
        HeavyWorks.SHARED);
  }

  /** Returns settings of loopback hosts and pages. */
  static HttpSettings settings(HttpLimits limits, int port) {
    return settings(limits, port, forgetful());
  }

  private static HttpSettings settings(HttpLimits limits, int port, FailureLimits failures) {
    return new HttpSettings(
        InetAddress.getLoopbackAddress(),
        port,
        AllowedHosts.LOOPBACK,
        AllowedOrigins.LOCALHOST,
        AllowedNetworks.ALL,
        limits,
        failures,
        Optional.empty());
  }

  /** Returns limits for which an hour has passed whenever they look: no test slows the next one. */
  private static FailureLimits forgetful() {
    AtomicLong nanos = new AtomicLong();
    return new FailureLimits(() -> nanos.addAndGet(Duration.ofHours(1).toNanos()), 1);
  }

  /** Answers with the request's body. */
  static HttpResponse echo(HttpRequest request) {
    return HttpResponse.json(200, request.body());
  }

  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("waited " + PATIENCE + " in vain");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  /**
   * Returns the default limits with the body limit, the time-outs and the grace that a test needs.
   */
  static HttpLimits limits(
      int maxBodyBytes, int maxConnections, Duration timeout, Duration stopGrace) {
    HttpLimits d = HttpLimits.DEFAULT;
    return new HttpLimits(
        maxBodyBytes,
        d.maxBodiesBytes(),
        d.maxAnswersBytes(),
        d.maxRequestLineBytes(),
        d.maxHeaderBytes(),
        maxConnections,
        d.minCompressedBytes(),
        timeout,
        timeout,
        timeout,
        timeout,
        timeout,
        stopGrace);
  }
}
