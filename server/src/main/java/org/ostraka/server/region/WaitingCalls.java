package org.ostraka.server.region;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.region.PeerException;

/**
 * The calls of another process that wait for their answers. Several requests are under way at the
 * same time; while as many are as may be, calls gather and go together in the next one. When too
 * many gather, or too many bytes, callers wait. A caller that is interrupted takes its call back.
 * Any thread.
 */
final class WaitingCalls {
  /** Calls that wait for the next request, at most. */
  static final int MAX_CALLS = 256;

  /** Bytes of the calls that wait for the next request, at most; a larger call waits alone. */
  static final long MAX_BYTES = 32L << 20;

  /**
   * Requests under way at the same time, at most. One is written by the other process while the
   * next one is on its way and a third is compressed.
   */
  static final int MAX_UNDER_WAY = 4;

  /** Bytes after which a request takes no further call. */
  private static final int REQUEST_BYTES = 4 << 20;

  private final String name;
  private final Duration patience;
  private final Request request;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private int underWay;

  /**
   * Makes the calls, of which there are none yet.
   *
   * @param name names the process in messages
   * @param patience how long a caller waits at most until there is room for its call
   * @param request sends calls
   */
  WaitingCalls(String name, Duration patience, Request request) {
    this.name = name;
    this.patience = patience;
    this.request = request;
  }

  /** Sends calls in one request. Any thread. */
  @FunctionalInterface
  interface Request {
    /** Returns the answers of calls, in their order. */
    List<PeerCall> answers(List<PeerCall> calls) throws IOException, InterruptedException;
  }

  /** A call that waits for its answer. Guarded by the lock. */
  private static final class Waiting {
    private final PeerCall call;
    private boolean taken;
    private @Nullable PeerCall answer;
    private @Nullable PeerException failure;

    Waiting(PeerCall call) {
      this.call = call;
    }

    boolean isDone() {
      return answer != null || failure != null;
    }

    int sizeBytes() {
      return call.content().length;
    }
  }

  /**
   * Returns the answer of a call. Its thread sends requests meanwhile, also those of others.
   *
   * @throws PeerException when there is none
   * @throws InterruptedException when the thread was interrupted; the call may have been made
   */
  PeerCall answer(PeerCall call) throws InterruptedException {
    Waiting own = enter(new Waiting(call));
    try {
      List<Waiting> next = next(own);
      while (!next.isEmpty()) {
        send(next);
        next = next(own);
      }
    } finally {
      leave(own); // a call that still waits belongs to a thread that was interrupted or failed
    }
    if (own.failure != null) {
      throw new PeerException(String.valueOf(own.failure.getMessage()), own.failure);
    }
    return Objects.requireNonNull(own.answer);
  }

  private Waiting enter(Waiting call) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!hasRoom(call)) {
        if (left <= 0) {
          throw new PeerException("too many calls wait for " + name);
        }
        left = changed.awaitNanos(left);
      }
      waiting.add(call);
      bytes += call.sizeBytes();
      return call;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many calls wait for the next request. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(Waiting call) {
    return waiting.isEmpty()
        || (waiting.size() < MAX_CALLS && bytes + call.sizeBytes() <= MAX_BYTES);
  }

  /** Takes back a call that is not under way: nobody waits for its answer any more. */
  private void leave(Waiting call) {
    lock.lock();
    try {
      if (waiting.remove(call)) {
        bytes -= call.sizeBytes();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a call is done, or until there is room for a request.
   *
   * @return the calls of that request, the first ones that wait; empty when the call is done
   */
  private List<Waiting> next(Waiting call) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!call.isDone() && (call.taken || underWay == MAX_UNDER_WAY)) {
        changed.await();
      }
      if (call.isDone()) {
        return List.of();
      }
      underWay++;
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the first calls that wait, one at least: whoever takes has a call among them. */
  private List<Waiting> take() {
    List<Waiting> taken = new ArrayList<>();
    long sum = 0;
    while (!waiting.isEmpty() && sum < REQUEST_BYTES && taken.size() < PeerCall.MAX_CALLS) {
      Waiting next = waiting.remove();
      next.taken = true;
      taken.add(next);
      sum += next.sizeBytes();
    }
    bytes -= sum;
    changed.signalAll(); // there is room for others
    return taken;
  }

  /** Sends calls in one request, and gives each its answer. */
  private void send(List<Waiting> calls) throws InterruptedException {
    List<PeerCall> answers = List.of();
    PeerException failure = null;
    try {
      answers = request.answers(calls.stream().map(each -> each.call).toList());
    } catch (IOException failed) {
      String why = Objects.requireNonNullElseGet(failed.getMessage(), failed::toString);
      failure = new PeerException(name + " cannot be reached: " + why, failed);
    } catch (PeerException refused) {
      failure = refused;
    } catch (InterruptedException stopped) {
      failure = new PeerException("stopped while calling " + name, stopped);
      throw stopped;
    } finally {
      settle(calls, answers, failure);
    }
  }

  private void settle(
      List<Waiting> calls, List<PeerCall> answers, @Nullable PeerException failure) {
    lock.lock();
    try {
      underWay--;
      for (int i = 0; i < calls.size(); i++) {
        if (i < answers.size()) {
          calls.get(i).answer = answers.get(i);
        } else {
          calls.get(i).failure =
              failure == null ? new PeerException("no answer of " + name) : failure;
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
