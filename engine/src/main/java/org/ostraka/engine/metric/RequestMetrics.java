package org.ostraka.engine.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Load;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.TableArn;
import org.ostraka.model.Traffic;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.ThrottledException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.TransactionConflictException;

/** One request for items, whose outcome is counted for each of its tables. One thread. */
public final class RequestMetrics {
  private final ItemOperation operation;
  private final Traffic traffic;
  private final List<String> members;
  private final long beginNanos;

  /** Nearly all requests use one table, so a search takes less time than a map. */
  private final List<Used> used = new ArrayList<>(1);

  /**
   * A table that the request uses.
   *
   * @param isNamedBefore whether another reference names the same table
   */
  private record Used(
      String reference, TableArn table, TableMetrics metrics, boolean isNamedBefore) {}

  /**
   * Begins to measure.
   *
   * @param members the reference to a table that each member of a request has, in order
   */
  public RequestMetrics(
      ItemOperation operation, Traffic traffic, List<String> members, long beginNanos) {
    this.operation = operation;
    this.traffic = traffic;
    this.members = members;
    this.beginNanos = beginNanos;
  }

  /** Notes that the request uses a table. */
  public void uses(String reference, TableArn table, TableMetrics metrics) {
    used.add(new Used(reference, table, metrics, find(table) != null));
  }

  /**
   * Counts a request that succeeded.
   *
   * @param returnedItems the number of items that a Query, Scan or SELECT found; negative for
   *     others
   */
  public void succeeded(long endNanos, int returnedItems) {
    each(metrics -> {
      OperationMetrics counted = metrics.operation(operation);
      counted.latencies().add(endNanos - beginNanos);
      if (returnedItems >= 0) {
        counted.returnedItems().add(returnedItems);
      }
    });
  }

  /** Counts a request that was refused. */
  public void refused(ApiException refusal) {
    switch (refusal) {
      case ThrottledException _ -> each(metrics -> metrics.operation(operation).throttle());
      case ConditionalCheckFailedException _ -> each(TableMetrics::failCondition);
      case TransactionConflictException _ -> each(TableMetrics::conflict);
      case TransactionCanceledException cancelled -> cancelled(cancelled.reasons());
      default -> {
        // An error of the caller, which is no table's.
      }
    }
  }

  private void cancelled(List<CancellationReason> reasons) {
    for (int i = 0; i < Math.min(members.size(), reasons.size()); i++) {
      TableMetrics metrics = named(members.get(i));
      if (metrics != null) {
        switch (reasons.get(i).code()) {
          case CONDITIONAL_CHECK_FAILED -> metrics.failCondition();
          case TRANSACTION_CONFLICT -> metrics.conflict();
          default -> {
            // The member did not fail, or by what has no metric.
          }
        }
      }
    }
  }

  /** Counts a request that failed because the storage did. */
  public void failed() {
    each(metrics -> metrics.operation(operation).fail());
  }

  /** Counts what the request consumed, also when it was refused. */
  public void consumed(Map<TableArn, Cost> costs) {
    costs.forEach((table, cost) -> {
      TableMetrics metrics = find(table);
      if (metrics != null) {
        metrics.consume(traffic, cost);
      }
    });
  }

  /** Counts the keys that the request used, where keys are counted. */
  public void loaded(List<Load> loads, long now) {
    for (Load load : loads) {
      TableMetrics metrics = find(load.table());
      if (metrics != null) {
        metrics.loaded(load, now);
      }
    }
  }

  private void each(Consumer<TableMetrics> counting) {
    for (Used each : used) {
      if (!each.isNamedBefore()) {
        counting.accept(each.metrics());
      }
    }
  }

  private @Nullable TableMetrics find(TableArn table) {
    for (Used each : used) {
      if (each.table().equals(table)) {
        return each.metrics();
      }
    }
    return null;
  }

  private @Nullable TableMetrics named(String reference) {
    for (Used each : used) {
      if (each.reference().equals(reference)) {
        return each.metrics();
      }
    }
    return null;
  }
}
