package org.ostraka.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The capacity that a request consumed of a table. Immutable.
 *
 * @param tableUnits capacity units of the table itself, in halves
 * @param localIndexes those of each local index, in the order of their names
 * @param globalIndexes those of each global index, likewise
 * @param failedUnits units of statements that failed, which only the total includes
 * @param byIndex whether the caller asked for the shares of the table and of each index
 */
public record ConsumedCapacity(
    TableName table,
    double tableUnits,
    SortedMap<IndexName, Double> localIndexes,
    SortedMap<IndexName, Double> globalIndexes,
    double failedUnits,
    boolean byIndex) {
  public ConsumedCapacity {
    localIndexes = Collections.unmodifiableSortedMap(new TreeMap<>(localIndexes));
    globalIndexes = Collections.unmodifiableSortedMap(new TreeMap<>(globalIndexes));
  }

  /** Makes a capacity that only the table itself consumed. */
  public ConsumedCapacity(TableName table, double units, boolean byIndex) {
    this(table, units, new TreeMap<>(), new TreeMap<>(), 0, byIndex);
  }

  /** Returns the sum of all units. */
  public double units() {
    return tableUnits + sum(localIndexes) + sum(globalIndexes) + failedUnits;
  }

  private static double sum(Map<IndexName, Double> units) {
    return units.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
