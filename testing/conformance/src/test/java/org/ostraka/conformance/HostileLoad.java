package org.ostraka.conformance;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Requests that are made to take as much of a server as they can, over many connections at once.
 * Immutable.
 *
 * @param connections the number of connections
 * @param reads whether the clients read their answers; a client that does not closes its connection
 *     after a second
 * @param expected the statuses that may be answered
 * @param requests the request that each connection sends, by its number
 */
record HostileLoad(
    String name,
    int connections,
    boolean reads,
    Set<String> expected,
    IntFunction<RawConnection.Request> requests) {
  private static final Duration UNREAD = Duration.ofSeconds(1);

  /** How long a client waits after a 503. */
  private static final Duration AFTER_503 = Duration.ofMillis(50);

  HostileLoad {
    expected = Set.copyOf(expected);
  }

  /** Returns the same load over fewer connections, but at least four if it has as many. */
  HostileLoad part(int divisor) {
    return new HostileLoad(
        name, Math.min(connections, Math.max(4, connections / divisor)), reads, expected, requests);
  }

  /** Sends for so long, and returns the number of answers by status, or by failure. */
  Map<String, Integer> run(URI endpoint, Duration time) {
    Map<String, Integer> answers = new ConcurrentHashMap<>();
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        RawConnection.Request request = requests.apply(i);
        clients.execute(() -> sendUntil(end, endpoint, request, answers));
      }
    }
    return new TreeMap<>(answers);
  }

  /** A client that loses its connection opens another one after a while. */
  private void sendUntil(
      long end, URI endpoint, RawConnection.Request request, Map<String, Integer> answers) {
    while (System.nanoTime() < end) {
      try {
        send(endpoint, request, end, answers);
      } catch (IOException lost) {
        answers.merge(lost.toString(), 1, Integer::sum);
        LockSupport.parkNanos(AFTER_503.toNanos());
      }
    }
  }

  private void send(
      URI endpoint, RawConnection.Request request, long end, Map<String, Integer> answers)
      throws IOException {
    if (!reads) {
      try (RawConnection connection = RawConnection.openSmall(endpoint)) {
        connection.send(request);
        LockSupport.parkNanos(Math.min(UNREAD.toNanos(), end - System.nanoTime()));
      }
      return;
    }
    try (RawConnection connection = RawConnection.open(endpoint)) {
      while (System.nanoTime() < end && !connection.isClosing()) {
        int status = connection.call(request);
        answers.merge(Integer.toString(status), 1, Integer::sum);
        if (status == 503) {
          LockSupport.parkNanos(AFTER_503.toNanos());
        }
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
