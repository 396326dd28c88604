package org.ostraka.engine.index;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.Build;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.ExpiryBuild;
import org.ostraka.engine.catalogue.IndexBuild;
import org.ostraka.engine.catalogue.IndexBuildPosition;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TimeToLive;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expiry.entry.ExpiryChange;
import org.ostraka.engine.index.entry.IndexRow;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.metric.IndexBuildMetrics;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The builder that fills indexes added to tables that already serve. One thread.
 *
 * <p>It reads a table's items in scan order, in steps. One decision per step reads the current
 * items, writes their index entries and stores the position, so a stop loses at most the step in
 * progress. Concurrent writes update the index themselves, whether or not their item has been read.
 */
public final class IndexBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(IndexBuilder.class);

  /**
   * The maximum number of items of one step, small enough that a write does not wait long for it.
   */
  private static final int STEP_ITEMS = 256;

  /** The bytes of items after which a step reads no further item. */
  private static final int STEP_BYTES = 1 << 20;

  /** The time between log messages about the progress of a build. */
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final Store store;
  private final Catalogue catalogue;
  private final Clock clock;
  private final int stepItems;
  private final Map<Space, Instant> told = new HashMap<>();
  private volatile boolean stopped;

  public IndexBuilder(Store store, Catalogue catalogue, Clock clock) {
    this(store, catalogue, clock, STEP_ITEMS);
  }

  /**
   * Makes a builder.
   *
   * @param stepItems the maximum number of items of one step
   */
  public IndexBuilder(Store store, Catalogue catalogue, Clock clock, int stepItems) {
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
    // The row that stores the position takes one more key and one more write.
    this.stepItems =
        Math.min(stepItems, Math.min(store.limits().declaredKeys(), store.limits().writes()) - 1);
  }

  /** The pace at which steps follow each other. */
  @FunctionalInterface
  public interface Pace {
    /** The pace without rests between steps. */
    Pace UNBROKEN = BooleanSupplier::getAsBoolean;

    /**
     * Carries out a step, then rests to leave the machine to other work.
     *
     * @param step returns whether there was anything to do
     * @return what the step returned
     */
    boolean take(BooleanSupplier step);
  }

  /**
   * Builds until nothing that this server can build now is left, or until it is stopped. The
   * failure of an index does not stop the others; the first failure is thrown at the end.
   */
  public void run(Pace pace) {
    Map<Space, RuntimeException> failures = new LinkedHashMap<>();
    while (!stopped && pace.take(() -> step(failures))) {
      // Each step is a decision of its own.
    }
    throwFirst(failures);
  }

  /** Stops the builder after the step in progress. Any thread. */
  public void stop() {
    stopped = true;
  }

  private static void throwFirst(Map<Space, RuntimeException> failures) {
    failures.values().stream()
        .findFirst()
        .ifPresent(first -> {
          throw first;
        });
  }

  /**
   * Takes each build that has not failed one step further; returns false when there is none that
   * this server can continue now.
   */
  private boolean step(Map<Space, RuntimeException> failures) {
    List<Build> builds = catalogue.builds();
    Set<Space> spaces = new HashSet<>();
    builds.forEach(build -> spaces.add(build.space()));
    told.keySet().retainAll(spaces);
    builds.removeIf(build -> failures.containsKey(build.space()));
    boolean more = false;
    for (Build build : builds) {
      try {
        more |= step(build);
      } catch (RuntimeException failure) {
        failures.put(build.space(), failure);
      }
    }
    return more;
  }

  /** Takes a build one step further; returns false when another server builds, or nobody can. */
  private boolean step(Build build) {
    if (!told.containsKey(build.space())) {
      told.put(build.space(), clock.instant());
      log(build, build.position(), "is being built");
    }
    Outcome outcome = advance(build);
    if (outcome == Outcome.COMPLETE) {
      IndexBuildPosition built = build.position();
      catalogue.finish(build);
      log(build, built, "is built");
    } else if (clock.instant().isAfter(told.get(build.space()).plus(PROGRESS))) {
      told.put(build.space(), clock.instant());
      log(build, build.position(), "is being built");
    }
    return outcome != Outcome.NOT_HERE;
  }

  /** What one step of a build has come to. */
  private enum Outcome {
    /** Another server builds, or the table does not serve now. */
    NOT_HERE,
    ADVANCED,
    /** No items are left. */
    COMPLETE
  }

  /** Carries out one step of a build. */
  private Outcome advance(Build build) {
    Optional<List<Guard>> duty = catalogue.hold(Duty.INDEX_BUILDING);
    Optional<TableUse> use = duty.isEmpty() ? Optional.empty() : catalogue.use(build);
    if (use.isEmpty()) {
      return Outcome.NOT_HERE;
    }
    try (TableUse table = use.get()) {
      IndexBuildPosition position = build.position();
      List<RowKey> items = next(table.items(), position);
      if (items.isEmpty()) {
        metrics(build, table).ifPresent(IndexBuildMetrics::completed);
        return Outcome.COMPLETE;
      }
      Step step = add(build, table, items, position, duty.get());
      build.advance(step.position());
      metrics(build, table)
          .ifPresent(counted ->
              counted.reached(step.position().items(), build.tableItems(), step.writeUnits()));
      return Outcome.ADVANCED;
    } catch (GuardMismatchException _) {
      // The table has changed, or another server has taken over.
    }
    catalogue.reload(build);
    return Outcome.ADVANCED;
  }

  /** Returns what is counted of a build; empty for the index of expiry times, which has no name. */
  private static Optional<IndexBuildMetrics> metrics(Build build, TableUse table) {
    return build instanceof IndexBuild index
        ? Optional.of(table.metrics().resource(Optional.of(index.indexName())).building())
        : Optional.empty();
  }

  private List<RowKey> next(Space items, IndexBuildPosition position) {
    List<RowKey> keys = new ArrayList<>();
    Range rest = Range.OfSlice.after(items, position.after());
    Wanted wanted = new Wanted(stepItems, STEP_BYTES);
    try (Cursor cursor = store.scan(rest, Consistency.STRONG, wanted)) {
      int bytes = 0;
      while (keys.size() < stepItems && bytes < STEP_BYTES) {
        Optional<Row> row = cursor.next();
        if (row.isEmpty()) {
          break;
        }
        keys.add(row.get().key());
        bytes += row.get().value().sizeBytes();
      }
    }
    return keys;
  }

  /**
   * What a step has done.
   *
   * @param position the position of the build; further than the step's own items when another
   *     server has continued it
   * @param writeUnits the write units of the entries that were added
   */
  private record Step(IndexBuildPosition position, double writeUnits) {}

  /** Adds the entries of some items to the index. */
  private Step add(
      Build build,
      TableUse table,
      List<RowKey> items,
      IndexBuildPosition position,
      List<Guard> duty) {
    List<RowKey> keys = new ArrayList<>(items);
    keys.add(build.row());
    Set<Guard> guards = new LinkedHashSet<>(table.guards());
    guards.addAll(duty);
    return store.transact(
        keys,
        guards,
        rows -> {
          IndexBuildPosition stored = build.position(rows);
          if (!stored.after().equals(position.after())) {
            return Verdict.unchanged(new Step(stored, 0));
          }
          Entries entries = entries(build, table, items, rows);
          IndexBuildPosition next =
              position.advanced(
                  items.getLast(), items.size(), entries.writes().size(), entries.sizeBytes());
          List<Write> writes = new ArrayList<>(entries.writes());
          writes.add(build.write(next));
          return new Verdict<>(new Step(next, entries.writeUnits()), writes);
        });
  }

  /**
   * The entries of some items in an index.
   *
   * @param sizeBytes their size by the service's formula
   * @param writeUnits the units that the service takes to write them
   */
  private record Entries(List<Write> writes, long sizeBytes, double writeUnits) {}

  /** Returns the entries of those items that still exist and that the index holds. */
  private static Entries entries(
      Build build, TableUse table, List<RowKey> items, CurrentRows rows) {
    return switch (build) {
      case IndexBuild index ->
          entries(table.index(index.indexName().value()).orElseThrow(), table.key(), items, rows);
      case ExpiryBuild expiry -> entries(expiry.timeToLive(), table.key(), items, rows);
    };
  }

  private static Entries entries(
      OpenIndex index, TableKey table, List<RowKey> items, CurrentRows rows) {
    List<Write> writes = new ArrayList<>();
    long bytes = 0;
    double units = 0;
    for (RowKey key : items) {
      Optional<Item> entry =
          item(rows, key)
              .filter(index.index()::holds)
              .map(item -> index.index().entry(table, item));
      if (entry.isPresent()) {
        writes.add(IndexRow.write(index, table, key, entry.get()));
        bytes += entry.get().sizeBytes();
        units += CapacityUnits.write(0, entry.get().sizeBytes());
      }
    }
    return new Entries(writes, bytes, units);
  }

  private static Entries entries(
      TimeToLive timeToLive, TableKey table, List<RowKey> items, CurrentRows rows) {
    List<Write> writes = new ArrayList<>();
    for (RowKey key : items) {
      item(rows, key)
          .ifPresent(item ->
              ExpiryChange.row(timeToLive, key, item)
                  .ifPresent(row -> writes.add(ExpiryChange.write(key, row, table, item))));
    }
    return new Entries(writes, 0, 0);
  }

  private static Optional<Item> item(CurrentRows rows, RowKey key) {
    return rows.row(key).map(row -> ItemEncoding.decode(row.value()));
  }

  private void log(Build build, IndexBuildPosition position, String state) {
    LOG.info(
        "{} of table {} {}: {} of about {} items read, {} entries, {} s",
        build.what(),
        build.tableName(),
        state,
        position.items(),
        build.tableItems(),
        position.entries(),
        Duration.between(position.since(), clock.instant()).toSeconds());
  }
}
