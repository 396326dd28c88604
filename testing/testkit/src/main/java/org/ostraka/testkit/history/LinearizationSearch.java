package org.ostraka.testkit.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Searches for an order of the steps on one row that explains everything that was observed. One
 * thread; used once.
 *
 * <p>The search is that of J. Wing and C. Gong, "Testing and Verifying Concurrent Objects", Journal
 * of Parallel and Distributed Computing 17, 1993: take any step that began before every step not
 * yet taken had ended, and go back where that leads nowhere. As in G. Lowe, "Testing for
 * linearizability", Concurrency and Computation: Practice and Experience 29(4), 2017, a
 * configuration (steps taken, value) is tried once.
 *
 * <p>Values are unique, so the search can skip most choices. It takes an observation of the present
 * value as soon as possible, since that changes nothing. It does not replace a value that is still
 * to be observed, since the value would not come again. When nobody will observe the present value
 * any more, the search may replace it with any write whose observers can all follow at once, since
 * nothing later depends on that choice. Among several such writes, or several deletes, the order
 * does not matter.
 */
final class LinearizationSearch {
  private final List<RowStep> steps;
  private final long required;

  private final BitSet taken = new BitSet();
  private final Deque<Integer> trail = new ArrayDeque<>();
  private final Map<Long, Integer> observersLeft = new HashMap<>();
  private final Set<Configuration> tried = new HashSet<>();
  private final Deque<Choice> choices = new ArrayDeque<>();
  private long value = RowOperation.ABSENT;
  private long requiredTaken;
  private long farthest;

  LinearizationSearch(List<RowStep> steps) {
    this.steps = steps.stream().sorted(Comparator.comparingLong(RowStep::begin)).toList();
    this.required = steps.stream().filter(step -> !step.optional()).count();
    for (RowStep step : steps) {
      countObserver(step, 1);
    }
  }

  /** After a failed search, returns the moment that no order of the steps could pass. */
  long farthest() {
    return farthest;
  }

  boolean succeeds() {
    settle();
    while (requiredTaken < required) {
      if (tried.add(new Configuration(taken.nextClearBit(0), window(), value))) {
        choices.push(new Choice(new ArrayDeque<>(changes()), trail.size(), value));
      }
      while (!choices.isEmpty() && choices.peek().left().isEmpty()) {
        choices.pop();
      }
      if (choices.isEmpty()) {
        return false;
      }
      Choice choice = choices.peek();
      goBackTo(choice);
      take(choice.left().remove());
      settle();
    }
    return true;
  }

  private BitSet window() {
    return taken.get(taken.nextClearBit(0), taken.length());
  }

  /** Returns the steps that began before any step not yet taken had ended. */
  private List<Integer> possible() {
    List<Integer> possible = new ArrayList<>();
    long firstEnd = Recorded.NEVER;
    for (int i = taken.nextClearBit(0); i < steps.size(); i = taken.nextClearBit(i + 1)) {
      if (steps.get(i).begin() >= firstEnd) {
        break;
      }
      firstEnd = Math.min(firstEnd, steps.get(i).end());
      possible.add(i);
    }
    long bound = firstEnd;
    possible.removeIf(i -> steps.get(i).begin() >= bound);
    if (bound != Recorded.NEVER) {
      farthest = Math.max(farthest, bound);
    }
    return possible;
  }

  /** Takes all steps that can come next without making a later step impossible. */
  private void settle() {
    boolean took = true;
    while (took) {
      List<Integer> possible = possible();
      took = takeObservations(possible);
      if (!took && isSpent()) {
        OptionalInt write = possible.stream().mapToInt(i -> i).filter(this::isWhole).findFirst();
        write.ifPresent(this::take);
        took = write.isPresent();
      }
    }
  }

  private boolean takeObservations(List<Integer> possible) {
    boolean took = false;
    for (int i : possible) {
      RowStep step = steps.get(i);
      if (!step.changes() && step.seen() == value) {
        take(i);
        took = true;
      }
    }
    return took;
  }

  /** Returns the legal changes that could come next, one of each kind that makes a difference. */
  private List<Integer> changes() {
    List<Integer> changes = new ArrayList<>();
    OptionalInt whole = OptionalInt.empty();
    OptionalInt delete = OptionalInt.empty();
    for (int i : possible()) {
      if (!isLegalChange(steps.get(i))) {
        continue;
      }
      if (isWhole(i)) {
        whole = OptionalInt.of(i);
      } else if (!isDelete(steps.get(i))) {
        changes.add(i);
      } else if (delete.isEmpty() || steps.get(i).end() < steps.get(delete.getAsInt()).end()) {
        delete = OptionalInt.of(i);
      }
    }
    whole.ifPresent(changes::add);
    delete.ifPresent(changes::add);
    return changes;
  }

  private boolean isLegalChange(RowStep step) {
    if (!step.changes() || (step.observes() && step.seen() != value)) {
      return false;
    }
    int others = observersLeft.getOrDefault(value, 0) - (isObserver(step) ? 1 : 0);
    return value == RowOperation.ABSENT || others == 0;
  }

  /** Returns whether the present value is one that nobody will observe any more. */
  private boolean isSpent() {
    return value != RowOperation.ABSENT && observersLeft.getOrDefault(value, 0) == 0;
  }

  /** Returns whether everything that observed this write could follow it at once. */
  private boolean isWhole(int index) {
    RowStep step = steps.get(index);
    if (!step.changes() || step.observes() || isDelete(step)) {
      return false;
    }
    long ready =
        possible().stream()
            .map(steps::get)
            .filter(other -> !other.changes() && other.seen() == step.value())
            .count();
    return ready == observersLeft.getOrDefault(step.value(), 0);
  }

  private static boolean isDelete(RowStep step) {
    return step.changes() && !step.observes() && step.value() == RowOperation.ABSENT;
  }

  private void take(int index) {
    RowStep step = steps.get(index);
    taken.set(index);
    trail.push(index);
    countObserver(step, -1);
    requiredTaken += step.optional() ? 0 : 1;
    if (step.changes()) {
      value = step.value();
    }
  }

  private void goBackTo(Choice choice) {
    while (trail.size() > choice.taken()) {
      RowStep step = steps.get(trail.peek());
      taken.clear(trail.pop());
      countObserver(step, 1);
      requiredTaken -= step.optional() ? 0 : 1;
    }
    value = choice.value();
  }

  private void countObserver(RowStep step, int change) {
    if (isObserver(step)) {
      observersLeft.merge(step.seen(), change, Integer::sum);
    }
  }

  private static boolean isObserver(RowStep step) {
    return step.observes() && !step.optional();
  }

  /**
   * The steps taken so far and the value that they left: all steps before {@code first}, and some
   * in the window that begins there.
   */
  private record Configuration(int first, BitSet window, long value) {}

  /** A point of the search, with the steps that are still to be tried there. */
  private record Choice(Deque<Integer> left, int taken, long value) {}
}
