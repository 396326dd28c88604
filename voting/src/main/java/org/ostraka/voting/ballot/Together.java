package org.ostraka.voting.ballot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets questions that wait at the same time share one call. Any thread; that of one who waits makes
 * the call for all.
 *
 * <p>A few calls are under way at once. Who finds room for another one does not wait. What comes
 * meanwhile goes with the next call, so calls get larger with the load and no pause is added.
 *
 * @param <Q> a question; two that are equal by their subject are never in calls at the same time
 * @param <A> an answer
 */
final class Together<Q, A> {
  private final int maxCalls;
  private final int maxTogether;
  private final Function<Q, Object> subject;
  private final Function<List<Q>, List<A>> call;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiting> queue = new ArrayList<>();
  private final Set<Object> underWay = new HashSet<>();
  private int calls;

  /** A question that waits. The lock guards its fields. */
  private final class Waiting {
    private final Q question;
    private final Object about;
    private final Instant deadline;
    private final Condition changed = lock.newCondition();
    private @Nullable A answer;
    private @Nullable RuntimeException failure;

    private Waiting(Q question, Instant deadline) {
      this.question = question;
      this.deadline = deadline;
      this.about = subject.apply(question);
    }

    private boolean isAnswered() {
      return answer != null || failure != null;
    }
  }

  /**
   * Makes the queue.
   *
   * @param call gives one answer to each question, in their order
   */
  Together(
      int maxCalls,
      int maxTogether,
      Function<Q, Object> subject,
      Function<List<Q>, List<A>> call,
      InstantSource clock) {
    this.maxCalls = maxCalls;
    this.maxTogether = maxTogether;
    this.subject = subject;
    this.call = call;
    this.clock = clock;
  }

  /**
   * Returns the answer to a question, or throws what the call that it was part of has thrown. Empty
   * when there is no answer by the deadline: a question that no call has taken is never asked then;
   * the call that has taken it goes on. A thread that makes a call stays until the call's own end.
   */
  Optional<A> ask(Q question, Instant deadline) {
    Waiting own = new Waiting(question, deadline);
    lock.lock();
    try {
      queue.add(own);
      return awaited(own);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      leave(own);
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<A> awaited(Waiting own) throws InterruptedException {
    while (!own.isAnswered()) {
      Duration left = Duration.between(clock.instant(), own.deadline);
      if (!left.isPositive()) {
        leave(own);
        return Optional.empty();
      }
      List<Waiting> taken = calls < maxCalls ? take() : List.of();
      if (taken.isEmpty()) {
        long _ = own.changed.awaitNanos(left.toNanos());
      } else {
        answer(taken);
      }
    }
    if (own.failure != null) {
      throw own.failure;
    }
    return Optional.of(Optional.ofNullable(own.answer).orElseThrow());
  }

  /** Takes a question back that no call has taken; another one may make the next call. */
  private void leave(Waiting own) {
    boolean _ = queue.remove(own);
    wakeFirst();
  }

  /** Returns how many questions have no answer yet. */
  int underWayAndWaiting() {
    lock.lock();
    try {
      return underWay.size() + queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Removes questions from the queue that are in time, one for each subject not under way. */
  private List<Waiting> take() {
    Instant now = clock.instant();
    List<Waiting> taken = new ArrayList<>();
    for (var rest = queue.iterator(); rest.hasNext() && taken.size() < maxTogether; ) {
      Waiting next = rest.next();
      if (now.isBefore(next.deadline) && underWay.add(next.about)) {
        rest.remove();
        taken.add(next);
      }
    }
    return taken;
  }

  /** Calls without the lock, and wakes those who have an answer and one who makes the next call. */
  private void answer(List<Waiting> taken) {
    calls++;
    wakeFirst();
    List<A> answers = List.of();
    RuntimeException failure = new IllegalStateException("a call was not answered");
    lock.unlock();
    try {
      answers = call.apply(taken.stream().map(waiting -> waiting.question).toList());
    } catch (RuntimeException failed) {
      failure = failed;
    } finally {
      lock.lock();
      calls--;
      for (int at = 0; at < taken.size(); at++) {
        Waiting waiting = taken.get(at);
        boolean _ = underWay.remove(waiting.about);
        if (at < answers.size()) {
          waiting.answer = answers.get(at);
        } else {
          waiting.failure = failure;
        }
        waiting.changed.signal();
      }
      wakeFirst();
    }
  }

  /** Wakes the first in the queue to make another call, if there is room for one. */
  private void wakeFirst() {
    if (calls < maxCalls && !queue.isEmpty()) {
      queue.getFirst().changed.signal();
    }
  }
}
