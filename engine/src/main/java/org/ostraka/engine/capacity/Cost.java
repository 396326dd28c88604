package org.ostraka.engine.capacity;

import java.util.HashMap;
import java.util.Map;
import org.ostraka.model.IndexName;

/**
 * Capacity units that a request consumes. Immutable.
 *
 * @param table those of the table itself
 * @param localIndexes those of each local index that the request uses
 * @param globalIndexes those of each global index that the request uses
 */
public record Cost(
    double table, Map<IndexName, Double> localIndexes, Map<IndexName, Double> globalIndexes) {
  public Cost {
    localIndexes = Map.copyOf(localIndexes);
    globalIndexes = Map.copyOf(globalIndexes);
  }

  /** Returns the sum of both. */
  Cost plus(Cost other) {
    return new Cost(
        table + other.table,
        sum(localIndexes, other.localIndexes),
        sum(globalIndexes, other.globalIndexes));
  }

  /**
   * Returns the cost with the table's units multiplied; a transaction does not multiply those of
   * indexes.
   */
  public Cost withTableTimes(int factor) {
    return new Cost(table * factor, localIndexes, globalIndexes);
  }

  private static Map<IndexName, Double> sum(
      Map<IndexName, Double> first, Map<IndexName, Double> second) {
    Map<IndexName, Double> sum = new HashMap<>(first);
    second.forEach((index, units) -> sum.merge(index, units, Double::sum));
    return sum;
  }

  /** Returns a cost of the table alone. */
  public static Cost ofTable(double units) {
    return new Cost(units, Map.of(), Map.of());
  }
}
