package org.ostraka.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes a linearizable history of one row without threads: operations begin, take effect and end in
 * a random order. One thread.
 */
final class SimulatedRow {
  private final RandomGenerator random;
  private final List<Recorded<RowOperation>> history = new ArrayList<>();
  private long moment;
  private long value = RowOperation.ABSENT;
  private long lastValue;

  private SimulatedRow(RandomGenerator random) {
    this.random = random;
  }

  static List<Recorded<RowOperation>> history(RandomGenerator random, int clients, int count) {
    SimulatedRow row = new SimulatedRow(random);
    long[] begins = new long[clients];
    RowOperation[] effects = new RowOperation[clients];
    while (row.history.size() < count) {
      row.step(begins, effects, random.nextInt(clients));
    }
    for (int client = 0; client < clients; client++) {
      if (effects[client] != null) {
        row.history.add(Recorded.unknown(effects[client], begins[client]));
      }
    }
    return row.history;
  }

  private void step(long[] begins, RowOperation[] effects, int client) {
    if (begins[client] == 0) {
      begins[client] = ++moment;
    } else if (effects[client] == null) {
      effects[client] = effect();
    } else {
      boolean lost = random.nextInt(200) == 0 && !(effects[client] instanceof RowOperation.Read);
      history.add(
          lost
              ? Recorded.unknown(effects[client], begins[client])
              : new Recorded<>(effects[client], begins[client], ++moment));
      begins[client] = 0;
      effects[client] = null;
    }
  }

  private RowOperation effect() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> new RowOperation.Read("row", value);
      case 2 -> write();
      case 3 -> delete();
      default -> compareAndSet(random.nextBoolean() ? value : Math.max(0, value - 1));
    };
  }

  private RowOperation write() {
    value = ++lastValue;
    return new RowOperation.Write("row", value);
  }

  private RowOperation delete() {
    value = RowOperation.ABSENT;
    return new RowOperation.Delete("row");
  }

  private RowOperation compareAndSet(long expected) {
    long seen = value;
    long next = ++lastValue;
    value = seen == expected ? next : seen;
    return new RowOperation.CompareAndSet("row", expected, next, seen);
  }
}
