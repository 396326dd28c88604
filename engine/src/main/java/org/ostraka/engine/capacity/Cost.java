package org.ostraka.engine.capacity;

import java.util.Map;
import org.ostraka.model.IndexName;

/**
 * Capacity units that a request consumes. Immutable.
 *
 * @param table those of the table itself
 * @param localIndexes those of each local index that has part in it
 * @param globalIndexes those of each global index that has part in it
 */
public record Cost(
    double table, Map<IndexName, Double> localIndexes, Map<IndexName, Double> globalIndexes) {
  public Cost {
    localIndexes = Map.copyOf(localIndexes);
    globalIndexes = Map.copyOf(globalIndexes);
  }

  /** What only the table has part in. */
  public static Cost ofTable(double units) {
    return new Cost(units, Map.of(), Map.of());
  }
}
