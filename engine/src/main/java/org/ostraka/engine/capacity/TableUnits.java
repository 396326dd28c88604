package org.ostraka.engine.capacity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;

/**
 * The units that a request consumes of each table, in the order in which it names them. One thread.
 */
public final class TableUnits {
  private static final int USUAL_TABLES = 1;

  private final Map<TableArn, Cost> costs = LinkedHashMap.newLinkedHashMap(USUAL_TABLES);

  /** Adds the cost of one item. */
  public void add(TableArn table, Cost more) {
    costs.merge(table, more, Cost::plus);
  }

  /** Adds the cost of one item for the table alone. */
  public void add(TableArn table, double more) {
    add(table, Cost.ofTable(more));
  }

  /** Returns the units of each table, without its indexes. */
  public Map<TableName, Double> byTable() {
    Map<TableName, Double> units = new LinkedHashMap<>();
    costs.forEach((table, cost) -> units.merge(table.table(), cost.table(), Double::sum));
    return units;
  }

  Map<TableArn, Cost> byArn() {
    return Collections.unmodifiableMap(costs);
  }
}
