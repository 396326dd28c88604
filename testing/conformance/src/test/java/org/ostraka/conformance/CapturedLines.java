package org.ostraka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The lines that a process has printed so far. A thread of this object reads them until the stream
 * ends. Any thread may ask.
 */
final class CapturedLines {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  static CapturedLines of(InputStream stream) {
    CapturedLines captured = new CapturedLines();
    Thread.ofPlatform().daemon().name("output").start(() -> captured.readAll(stream));
    return captured;
  }

  /**
   * Waits for the first line that {@code wanted} accepts; returns empty when the stream ends first
   * or time is up.
   */
  Optional<String> await(Predicate<String> wanted, Duration limit) throws InterruptedException {
    long remaining = limit.toNanos();
    lock.lock();
    try {
      Optional<String> found = find(wanted);
      while (found.isEmpty() && !ended && remaining > 0) {
        remaining = changed.awaitNanos(remaining);
        found = find(wanted);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the stream and returns all lines. */
  List<String> awaitAll(Duration limit) throws InterruptedException {
    long remaining = limit.toNanos();
    lock.lock();
    try {
      while (!ended && remaining > 0) {
        remaining = changed.awaitNanos(remaining);
      }
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> find(Predicate<String> wanted) {
    return lines.stream().filter(wanted).findFirst();
  }

  private void readAll(InputStream stream) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        change(line);
        line = reader.readLine();
      }
    } catch (IOException e) {
      change("(output lost: " + e.getMessage() + ")");
    } finally {
      end();
    }
  }

  private void change(String line) {
    lock.lock();
    try {
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
