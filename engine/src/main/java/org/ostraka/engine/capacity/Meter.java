package org.ostraka.engine.capacity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.TableArn;

/**
 * The capacity that one request consumes of its tables. Operations charge it as soon as a cost is
 * known, and answer with what it shows. One thread.
 */
public final class Meter {
  private final TableUnits units = new TableUnits();
  private Map<TableArn, Double> failed = Map.of();
  private final List<Load> loads = new ArrayList<>(1);
  private int returnedItems = -1;

  /** Charges a table and its indexes. */
  public void charge(TableArn table, Cost cost) {
    units.add(table, cost);
  }

  /** Charges a table alone. */
  public void charge(TableArn table, double tableUnits) {
    units.add(table, tableUnits);
  }

  /** Charges several tables. */
  public void charge(TableUnits costs) {
    costs.byArn().forEach(units::add);
  }

  /**
   * Charges a table for a write that failed. Answers show it in the table's total only, and only if
   * something else of the request was charged to the table.
   */
  public void chargeFailed(TableArn table, double tableUnits) {
    if (tableUnits > 0) {
      if (failed.isEmpty()) {
        failed = new HashMap<>();
      }
      failed.merge(table, tableUnits, Double::sum);
    }
  }

  /** Notes how many items the request returns, if it looks for items. */
  public void returned(int items) {
    returnedItems = items;
  }

  /** Returns how many items the request returns; negative unless it looks for items. */
  public int returnedItems() {
    return returnedItems;
  }

  /** Notes which partition of a table or an index provided what is charged. */
  public void load(Load load) {
    loads.add(load);
  }

  /** Returns the partitions that provided what was charged so far. */
  public List<Load> loads() {
    return Collections.unmodifiableList(loads);
  }

  /** Returns what was charged so far, including failed writes. */
  public Map<TableArn, Cost> consumed() {
    if (failed.isEmpty()) {
      return units.byArn();
    }
    Map<TableArn, Cost> all = new LinkedHashMap<>(units.byArn());
    failed.forEach((table, more) -> all.merge(table, Cost.ofTable(more), Cost::plus));
    return all;
  }

  /**
   * Returns the consumed capacity for the response to a request on one table; null when the caller
   * did not ask for it.
   *
   * @throws IllegalStateException when not exactly one table was charged
   */
  public @Nullable ConsumedCapacity answer(ReturnConsumedCapacity wish) {
    if (wish == ReturnConsumedCapacity.NONE) {
      return null;
    }
    List<ConsumedCapacity> tables = consumed(wish);
    if (tables.size() != 1) {
      throw new IllegalStateException("a request on one table charged " + tables.size());
    }
    return tables.getFirst();
  }

  /**
   * Returns the consumed capacity for the response to a request on several tables, in the order in
   * which they were first charged; null when the caller did not ask for it, or nothing was charged.
   */
  public @Nullable List<ConsumedCapacity> answers(ReturnConsumedCapacity wish) {
    return wish == ReturnConsumedCapacity.NONE || units.byArn().isEmpty() ? null : consumed(wish);
  }

  private List<ConsumedCapacity> consumed(ReturnConsumedCapacity wish) {
    boolean byIndex = wish == ReturnConsumedCapacity.INDEXES;
    return units.byArn().entrySet().stream()
        .map(entry -> shown(entry.getKey(), entry.getValue(), byIndex))
        .toList();
  }

  private ConsumedCapacity shown(TableArn table, Cost cost, boolean byIndex) {
    return new ConsumedCapacity(
        table.table(),
        cost.table(),
        new TreeMap<>(cost.localIndexes()),
        new TreeMap<>(cost.globalIndexes()),
        failed.getOrDefault(table, 0.0),
        byIndex);
  }
}
