package org.ostraka.testkit.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The definition of linearizability, for short histories of one row: tries every order. Stateless.
 */
final class EveryOrder {
  private static final int MAX_OPERATIONS = 7;

  private EveryOrder() {}

  /**
   * Returns whether some order of the operations explains what they saw, with or without those that
   * were not answered.
   */
  static boolean explains(List<Recorded<RowOperation>> history) {
    return explains(history, RowOperation.ABSENT);
  }

  private static boolean explains(List<Recorded<RowOperation>> rest, long value) {
    if (rest.stream().allMatch(Recorded::isUnknown)) {
      return true;
    }
    long firstEnd = rest.stream().mapToLong(Recorded::end).min().orElseThrow();
    for (Recorded<RowOperation> next : rest) {
      if (next.begin() < firstEnd && isLegal(next, value)) {
        List<Recorded<RowOperation>> others = new ArrayList<>(rest);
        others.remove(next);
        if (explains(others, after(next.operation(), value))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isLegal(Recorded<RowOperation> next, long value) {
    return switch (next.operation()) {
      case RowOperation.Read read -> next.isUnknown() || read.seen() == value;
      case RowOperation.Write _, RowOperation.Delete _ -> true;
      case RowOperation.CompareAndSet swap -> next.isUnknown() || swap.seen() == value;
    };
  }

  private static long after(RowOperation operation, long value) {
    return switch (operation) {
      case RowOperation.Read _ -> value;
      case RowOperation.Write write -> write.value();
      case RowOperation.Delete _ -> RowOperation.ABSENT;
      case RowOperation.CompareAndSet swap -> swap.expected() == value ? swap.value() : value;
    };
  }

  /**
   * Makes operations at random moments that saw random values: some histories can be explained,
   * most cannot.
   */
  static List<Recorded<RowOperation>> randomHistory(RandomGenerator random) {
    int count = 1 + random.nextInt(MAX_OPERATIONS);
    List<Long> moments = new ArrayList<>();
    for (long moment = 1; moment <= 2L * count; moment++) {
      moments.add(moment);
    }
    Collections.shuffle(moments, Random.from(random));
    List<Recorded<RowOperation>> history = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long one = moments.get(2 * i);
      long other = moments.get(2 * i + 1);
      RowOperation operation = randomOperation(random, i + 1, count);
      history.add(
          random.nextInt(5) == 0
              ? Recorded.unknown(operation, one)
              : new Recorded<>(operation, Math.min(one, other), Math.max(one, other)));
    }
    return history;
  }

  private static RowOperation randomOperation(RandomGenerator random, long value, int count) {
    long seen = random.nextInt(count + 1);
    return switch (random.nextInt(6)) {
      case 0, 1 -> new RowOperation.Read("row", seen);
      case 2, 3 -> new RowOperation.Write("row", value);
      case 4 -> new RowOperation.Delete("row");
      default ->
          new RowOperation.CompareAndSet(
              "row", random.nextBoolean() ? seen : random.nextInt(count + 1), value, seen);
    };
  }
}
