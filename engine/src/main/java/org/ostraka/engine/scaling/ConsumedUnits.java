package org.ostraka.engine.scaling;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Headroom;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.model.Caller;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableArn;
import org.ostraka.model.Traffic;
import org.ostraka.storage.OutcomeUnknownException;

/**
 * Counts what this process serves of scaled tables and indexes in each minute. Any thread.
 *
 * <p>It adds to another capacity, which judges.
 */
public final class ConsumedUnits implements Capacity {
  static final long MINUTE_MILLIS = 60_000;

  /** The minutes that are kept when nobody takes them. */
  private static final int KEPT_MINUTES = 5;

  private final Capacity judge;
  private final InstantSource clock;
  private final NavigableMap<Long, Map<Counted, DoubleAdder>> minutes =
      new ConcurrentSkipListMap<>();
  private volatile Set<TableArn> watched = Set.of();

  /** A table or index, and the kind of units. */
  record Counted(TableArn table, Optional<IndexName> index, Traffic traffic) {}

  /**
   * Begins to count.
   *
   * @param judge judges whether there is room
   */
  public ConsumedUnits(Capacity judge, InstantSource clock) {
    this.judge = judge;
    this.clock = clock;
  }

  /** Counts these tables from now on. */
  void watch(Set<TableArn> tables) {
    watched = Set.copyOf(tables);
  }

  @Override
  public Headroom admit(Caller caller, Action action, TableUse table) {
    return judge.admit(caller, action, table);
  }

  @Override
  public void settle(Caller caller, Map<TableArn, Cost> consumed, List<Load> loads) {
    judge.settle(caller, consumed, loads);
    Set<TableArn> counted = watched;
    if (counted.isEmpty()) {
      return;
    }
    for (Load load : loads) {
      if (counted.contains(load.table())) {
        minute(minuteOf(clock.millis()))
            .computeIfAbsent(
                new Counted(load.table(), load.index(), load.traffic()), _ -> new DoubleAdder())
            .add(load.units());
      }
    }
  }

  private Map<Counted, DoubleAdder> minute(long number) {
    return minutes.computeIfAbsent(
        number,
        _ -> {
          minutes.headMap(number - KEPT_MINUTES).clear();
          return new ConcurrentHashMap<>();
        });
  }

  static long minuteOf(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }

  /** Saves what was consumed of a table in a minute. */
  @FunctionalInterface
  interface Saving {
    void save(TableArn table, long minute, Map<Counted, Double> units);
  }

  /**
   * Saves what was consumed in the minutes before one. What was not saved because the storage
   * failed is kept for the next time.
   */
  void saveBefore(long minute, Saving saving) {
    for (Long each : List.copyOf(minutes.headMap(minute).keySet())) {
      Map<Counted, DoubleAdder> counts = minutes.remove(each);
      if (counts != null) {
        save(each, byTable(counts), saving);
      }
    }
  }

  private void save(long minute, Map<TableArn, Map<Counted, Double>> tables, Saving saving) {
    Map<TableArn, Map<Counted, Double>> left = new HashMap<>(tables);
    try {
      tables.forEach((table, units) -> {
        try {
          saving.save(table, minute, units);
          left.remove(table);
        } catch (OutcomeUnknownException unknown) {
          // Perhaps it was saved, and it must not count twice.
          left.remove(table);
          throw unknown;
        }
      });
    } finally {
      left.values().forEach(units -> putBack(minute, units));
    }
  }

  private void putBack(long minute, Map<Counted, Double> units) {
    Map<Counted, DoubleAdder> counts = minute(minute);
    units.forEach(
        (counted, sum) -> counts.computeIfAbsent(counted, _ -> new DoubleAdder()).add(sum));
  }

  private static Map<TableArn, Map<Counted, Double>> byTable(Map<Counted, DoubleAdder> counts) {
    Map<TableArn, Map<Counted, Double>> tables = new HashMap<>();
    counts.forEach((counted, units) ->
        tables.computeIfAbsent(counted.table(), _ -> new HashMap<>()).put(counted, units.sum()));
    return tables;
  }
}
