package org.ostraka.benchmarks.load;

import java.util.List;

/**
 * What clients do: they repeat these choices, each with the probability of its share. Immutable.
 */
public record Workload(List<Choice> choices) {
  private static final int WHOLE = 100;

  /** Requests that a client sends one after the other as one operation. Shares are percents. */
  public record Choice(int share, List<Operation> steps) {
    /** Refuses a choice without a share or without steps. */
    public Choice {
      if (share < 1 || steps.isEmpty()) {
        throw new IllegalArgumentException("a choice has a share and a step");
      }
      steps = List.copyOf(steps);
    }
  }

  /** Refuses shares that do not add up to 100. */
  public Workload {
    choices = List.copyOf(choices);
    if (choices.stream().mapToInt(Choice::share).sum() != WHOLE) {
      throw new IllegalArgumentException("shares must be 100 together");
    }
  }

  /** Makes a workload of one request. */
  public static Workload of(Operation operation) {
    return new Workload(List.of(new Choice(WHOLE, List.of(operation))));
  }

  /** Returns the index of the choice for a number from 0 to 99. */
  int choice(long percent) {
    long rest = percent;
    for (int i = 0; i < choices.size() - 1; i++) {
      rest -= choices.get(i).share();
      if (rest < 0) {
        return i;
      }
    }
    return choices.size() - 1;
  }
}
