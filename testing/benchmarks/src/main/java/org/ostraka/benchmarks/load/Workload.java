package org.ostraka.benchmarks.load;

import java.util.List;

/**
 * What clients do: again and again one of these choices, each as often as its share says.
 * Immutable.
 */
public record Workload(List<Choice> choices) {
  private static final int WHOLE = 100;

  /**
   * Requests that a client sends one after the other, as one piece of work. Shares are percents.
   */
  public record Choice(int share, List<Operation> steps) {
    /** Refuses what is never chosen or does nothing. */
    public Choice {
      if (share < 1 || steps.isEmpty()) {
        throw new IllegalArgumentException("a choice has a share and a step");
      }
      steps = List.copyOf(steps);
    }
  }

  /** Refuses shares that are not a whole. */
  public Workload {
    choices = List.copyOf(choices);
    if (choices.stream().mapToInt(Choice::share).sum() != WHOLE) {
      throw new IllegalArgumentException("shares must be 100 together");
    }
  }

  /** Always the same request. */
  public static Workload of(Operation operation) {
    return new Workload(List.of(new Choice(WHOLE, List.of(operation))));
  }

  /** The choice for a number from 0 to 99. */
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
