package org.ostraka.engine.throttle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Headroom;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.engine.operation.CapacityMode;
import org.ostraka.model.Bytes;
import org.ostraka.model.Caller;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableArn;
import org.ostraka.model.ThrottlingReason;
import org.ostraka.model.Traffic;

/**
 * Judges requests by the throughput that the service would give to their tables. Any thread.
 *
 * <p>What it knows is of this process: a restart begins anew, and each of several servers over one
 * store counts what it serves itself.
 */
public final class Throttling implements Capacity {
  private final CapacityMode usual;
  private final LongSupplier nanoTime;
  private final Map<TableArn, Known> tables = new ConcurrentHashMap<>();
  private final Map<ThrottlingReason, ThrottleCount> refusals = new ConcurrentHashMap<>();

  /** A table, told apart from an earlier one of its name by the space of its items. */
  private record Known(Object items, TableThrottle throttle) {}

  /**
   * Begins to count.
   *
   * @param usual the mode of tables without a tag for it
   * @param nanoTime the time in nanoseconds, from any origin
   */
  public Throttling(CapacityMode usual, LongSupplier nanoTime) {
    this.usual = usual;
    this.nanoTime = nanoTime;
  }

  @Override
  public Headroom admit(Caller caller, Action action, TableUse table) {
    long now = nanoTime.getAsLong();
    TableThrottle throttle = throttle(table, now);
    throttle.become(table.record(), now);
    return throttle.mode() == CapacityMode.OFF ? Headroom.UNLIMITED : new OfRequest(throttle);
  }

  private TableThrottle throttle(TableUse table, long now) {
    Known known = tables.get(table.arn());
    if (known == null || !known.items().equals(table.items())) {
      known =
          tables.compute(
              table.arn(),
              (_, present) ->
                  present != null && present.items().equals(table.items())
                      ? present
                      : new Known(
                          table.items(),
                          new TableThrottle(
                              table.record(), usual, table.sizes(), table.metrics(), now)));
    }
    return known.throttle();
  }

  @Override
  public void settle(Caller caller, Map<TableArn, Cost> consumed, List<Load> loads) {
    long now = nanoTime.getAsLong();
    for (Load load : loads) {
      Known known = tables.get(load.table());
      if (known != null && known.throttle().mode() != CapacityMode.OFF) {
        settle(known.throttle(), load, now);
      }
    }
  }

  /** Takes what a part consumed; counts it instead if the service would have refused it. */
  private void settle(TableThrottle table, Load part, long now) {
    Optional<ThrottlingReason> reason =
        table.mode() == CapacityMode.REPORT
            ? table.refusal(part.traffic(), part.index(), part.key(), now)
            : Optional.empty();
    if (reason.isPresent()) {
      table.count(reason.get(), part.index(), part.key(), part.sort(), now);
      count(reason.get(), part.key(), now);
    } else {
      table.take(part, now);
    }
  }

  private void count(ThrottlingReason reason, Optional<Bytes> key, long now) {
    // Within the map, so that a count that is being taken is not lost.
    refusals.compute(
        reason,
        (_, known) -> {
          ThrottleCount count = known == null ? new ThrottleCount(now) : known;
          count.add(key, now);
          return count;
        });
  }

  /**
   * Returns for how many parts of requests there was no capacity since the last call, whether they
   * were refused or not, and which partition key most of them had.
   */
  public Map<ThrottlingReason, Throttled> takeRefusals() {
    long now = nanoTime.getAsLong();
    Map<ThrottlingReason, Throttled> taken = new HashMap<>();
    for (ThrottlingReason reason : List.copyOf(refusals.keySet())) {
      ThrottleCount count = refusals.remove(reason);
      if (count != null) {
        taken.put(reason, count.read(now));
      }
    }
    return taken;
  }

  /** Forgets the tables that are not there any more. */
  public void forget(Predicate<TableArn> gone) {
    tables.keySet().removeIf(gone);
  }

  private final class OfRequest implements Headroom {
    private final TableThrottle table;

    OfRequest(TableThrottle table) {
      this.table = table;
    }

    @Override
    public void require(Traffic traffic, Optional<IndexName> index, Optional<Bytes> key) {
      if (table.mode() != CapacityMode.ENFORCE) {
        return;
      }
      long now = nanoTime.getAsLong();
      Optional<ThrottlingReason> reason = table.refusal(traffic, index, key, now);
      if (reason.isPresent()) {
        table.count(reason.get(), index, key, Optional.empty(), now);
        count(reason.get(), key, now);
        throw Refusals.of(reason.get(), table.isProvisioned());
      }
    }
  }
}
