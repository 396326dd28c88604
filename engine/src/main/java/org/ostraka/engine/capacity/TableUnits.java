package org.ostraka.engine.capacity;

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

  /** Adds what one item has cost. One thread. */
  public void add(TableName table, Cost more) {
    costs.merge(table, more, Cost::plus);
  }

  /** Adds what one item has cost the table alone. One thread. */
  public void add(TableName table, double more) {
    add(table, Cost.ofTable(more));
  }

  /** The units of each table, without its indexes. */
  public Map<TableName, Double> byTable() {
    Map<TableName, Double> units = new LinkedHashMap<>();
    costs.forEach((table, cost) -> units.put(table, cost.table()));
    return units;
  }

  /** What a response tells, or null if the caller did not ask. */
  public @Nullable List<ConsumedCapacity> tell(ReturnConsumedCapacity wish) {
    return wish == ReturnConsumedCapacity.NONE
        ? null
        : costs.entrySet().stream()
            .map(entry -> CapacityUnits.tell(wish, entry.getKey(), entry.getValue()))
            .map(Objects::requireNonNull)
            .toList();
  }
}
