package org.ostraka.storage.postgresql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out requests in groups. A request that arrives while few groups are under way leads a
 * group at once; one that arrives later waits, and the first that waits leads the next group with
 * the others in it. So a request alone waits for nothing, and many share a round trip. Any thread.
 */
final class Grouping<R> {
  private final int most;
  private final Supplier<? extends Group<R>> groups;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Member<R>> waiting = new ArrayDeque<>();
  private int leaders;

  /** Requests that are carried out together. One thread. */
  interface Group<R> {
    /** Takes a request in and returns true, unless there is no room. The first one has room. */
    boolean takes(R request);

    /** Carries out all requests, each of which keeps its own result. */
    void carryOut();
  }

  private enum State {
    WAITS,
    LEADS,
    DONE
  }

  /** A request and the thread that waits for it. */
  private static final class Member<R> {
    private final R request;
    private final Thread thread = Thread.currentThread();
    private volatile State state = State.WAITS;
    private @Nullable Throwable failure;

    Member(R request) {
      this.request = request;
    }

    void become(State next) {
      state = next;
      LockSupport.unpark(thread);
    }

    /** Waits, and returns whether the thread was interrupted meanwhile. */
    boolean await() {
      boolean isInterrupted = false;
      while (state == State.WAITS) {
        LockSupport.park(this);
        // A thread that is interrupted would not wait, but spin.
        isInterrupted |= Thread.interrupted();
      }
      return isInterrupted;
    }
  }

  /**
   * Makes a grouping.
   *
   * @param most how many groups may be under way at the same time
   * @param groups makes an empty group
   */
  Grouping(int most, Supplier<? extends Group<R>> groups) {
    this.most = most;
    this.groups = groups;
  }

  /**
   * Carries out a request; throws what its group threw. Requests of others may depend on this
   * thread, so that an interruption has no effect here and is seen afterwards.
   */
  void run(R request) {
    Member<R> own = new Member<>(request);
    boolean isInterrupted = Thread.interrupted();
    try {
      join(own);
      isInterrupted |= own.await();
      if (own.state == State.LEADS) {
        lead(own);
      }
    } finally {
      if (isInterrupted) {
        own.thread.interrupt();
      }
    }
    switch (own.failure) {
      case null -> {}
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case Throwable failure -> throw new IllegalStateException(failure);
    }
  }

  /** Returns how many requests wait for their group. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void join(Member<R> own) {
    lock.lock();
    try {
      if (leaders < most) {
        leaders++;
        own.state = State.LEADS;
      } else {
        waiting.addLast(own);
      }
    } finally {
      lock.unlock();
    }
  }

  private void lead(Member<R> own) {
    List<Member<R>> members = new ArrayList<>(List.of(own));
    @Nullable Throwable failure = null;
    try {
      Group<R> group = groups.get();
      gather(members, group);
      group.carryOut();
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    } finally {
      passOn();
      for (Member<R> member : members) {
        member.failure = failure;
        member.become(State.DONE);
      }
    }
  }

  /** Adds to the leader those that wait, in their order, until there is no room. */
  private void gather(List<Member<R>> members, Group<R> group) {
    if (!group.takes(members.getFirst().request)) {
      throw new IllegalStateException("a group has room for its first request");
    }
    lock.lock();
    try {
      while (!waiting.isEmpty() && group.takes(waiting.getFirst().request)) {
        members.add(waiting.removeFirst());
      }
    } finally {
      lock.unlock();
    }
  }

  private void passOn() {
    Member<R> next;
    lock.lock();
    try {
      next = waiting.pollFirst();
      leaders -= next == null ? 1 : 0;
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.become(State.LEADS);
    }
  }
}
