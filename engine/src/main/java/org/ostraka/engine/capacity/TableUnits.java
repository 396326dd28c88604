package org.ostraka.engine.capacity;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.TableName;

/** What a request over several tables consumes of each, in the order in which it names them. */
public final class TableUnits {
  private final Map<TableName, Cost> costs = new LinkedHashMap<>();
  private final Map<TableName, Double> failed = new HashMap<>();

  /** Adds what one item has cost. One thread. */
  public void add(TableName table, Cost more) {
    costs.merge(table, more, Cost::plus);
  }

  /** Adds what one item has cost the table alone. One thread. */
  public void add(TableName table, double more) {
    add(table, Cost.ofTable(more));
  }

  /**
   * Adds the units of a statement that failed. They appear in the total of their table, and only if
   * something else of the request has cost the table anything. One thread.
   */
  public void addFailed(TableName table, double units) {
    failed.merge(table, units, Double::sum);
  }

  /** The units of each table, without its indexes. */
  public Map<TableName, Double> byTable() {
    Map<TableName, Double> units = new LinkedHashMap<>();
    costs.forEach((table, cost) -> units.put(table, cost.table()));
    return units;
  }

  /** Returns what a response tells; null if the caller did not ask, or nothing has a cost. */
  public @Nullable List<ConsumedCapacity> tell(ReturnConsumedCapacity wish) {
    return wish == ReturnConsumedCapacity.NONE || costs.isEmpty()
        ? null
        : costs.entrySet().stream()
            .map(entry -> CapacityUnits.tell(wish, entry.getKey(), entry.getValue()))
            .map(Objects::requireNonNull)
            .map(each -> each.withFailed(failed.getOrDefault(each.table(), 0.0)))
            .toList();
  }
}
