package org.ostraka.engine.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ostraka.engine.scaling.ConsumedUnits.Counted;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** Reads and changes what auto scaling has stored. Any thread. */
final class ScalingStore {
  /** How long activities are shown: "DescribeScalingActivities" in the API Reference. */
  static final Duration ACTIVITIES_KEPT = Duration.ofDays(42);

  /** The activities of an owner that are kept at most, beyond which the oldest are removed. */
  static final int MAX_ACTIVITIES = 10_000;

  private final Store store;

  ScalingStore(Store store) {
    this.store = store;
  }

  List<ScalableTarget> all() {
    return read(ScalingRows.targets(), ScalingItem::target, Integer.MAX_VALUE, _ -> true);
  }

  List<ScalableTarget> of(Owner owner) {
    return read(ScalingRows.targets(owner), ScalingItem::target, Integer.MAX_VALUE, _ -> true);
  }

  Optional<ScalableTarget> find(TargetKey key) {
    return store
        .read(ScalingRows.target(key), Consistency.STRONG)
        .map(row -> ScalingItem.target(row.value()));
  }

  /**
   * Changes a target by one decision.
   *
   * @param change returns the target as it is to be, empty to remove it. Pure: it may run more than
   *     once, and may refuse by throwing.
   * @return the target afterwards
   */
  Optional<ScalableTarget> change(
      TargetKey key,
      List<Guard> guards,
      Function<Optional<ScalableTarget>, Optional<ScalableTarget>> change) {
    RowKey row = ScalingRows.target(key);
    return store.transact(
        List.of(row),
        guards,
        rows -> {
          Optional<ScalableTarget> before =
              rows.row(row).map(stored -> ScalingItem.target(stored.value()));
          Optional<ScalableTarget> after = change.apply(before);
          if (after.equals(before)) {
            return Verdict.unchanged(after);
          }
          Write write =
              after.isPresent()
                  ? new Write.Put(row, ScalingItem.encode(after.get()))
                  : new Write.Delete(row);
          return new Verdict<>(after, List.of(write));
        });
  }

  /** Returns activities of an owner, the newest first. */
  List<ScalingActivity> activities(Owner owner, int most, Predicate<ScalingActivity> wanted) {
    return read(ScalingRows.activities(owner), ScalingItem::activity, most, wanted);
  }

  /** Stores an activity, in place of itself as it was before. */
  void put(ScalingActivity activity, List<Guard> guards) {
    RowKey key = ScalingRows.activity(activity);
    write(guards, List.of(new Write.Put(key, ScalingItem.encode(activity))));
  }

  /**
   * Removes the activities that are too old and what was consumed before a minute, also of targets
   * and tables that are gone.
   */
  void prune(Instant now, long minute, List<Guard> guards) {
    for (RowKey first : firstOfPartitions()) {
      switch (ScalingRows.kind(first).orElse("")) {
        case "activities" -> pruneActivities(first, now, guards);
        case "consumed" -> remove(ScalingRows.consumedBefore(first, minute), guards);
        default -> {
          // Targets stay until they are deregistered.
        }
      }
    }
  }

  /** Returns a key of each partition that has rows. */
  private Collection<RowKey> firstOfPartitions() {
    Map<Bytes, RowKey> found = new HashMap<>();
    try (Cursor cursor =
        store.scan(Range.OfSlice.all(ScalingRows.SPACE), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        RowKey key = row.get().key();
        found.putIfAbsent(key.partition(), key);
        row = cursor.next();
      }
    }
    return found.values();
  }

  private void pruneActivities(RowKey ofOwner, Instant now, List<Guard> guards) {
    long oldest = now.minus(ACTIVITIES_KEPT).toEpochMilli();
    remove(ScalingRows.activitiesBefore(ofOwner, oldest), guards);
    List<ScalingActivity> all =
        read(ScalingRows.activities(ofOwner), ScalingItem::activity, Integer.MAX_VALUE, _ -> true);
    if (all.size() > MAX_ACTIVITIES) {
      long last = all.get(MAX_ACTIVITIES - 1).start().toEpochMilli();
      remove(ScalingRows.activitiesBefore(ofOwner, last), guards);
    }
  }

  /** Adds to what this server served of a table in a minute. */
  void consumed(TableArn table, long minute, String server, Map<Counted, Double> counts) {
    RowKey key = ScalingRows.consumed(table, minute, server);
    var _ =
        store.transact(
            List.of(key),
            rows -> {
              Map<Counted, Double> sums = new HashMap<>(counts);
              rows.row(key)
                  .map(stored -> ScalingItem.consumed(stored.value(), table))
                  .orElse(Map.of())
                  .forEach((counted, units) -> sums.merge(counted, units, Double::sum));
              return new Verdict<>(
                  true, List.<Write>of(new Write.Put(key, ScalingItem.encode(sums))));
            });
  }

  /**
   * Returns what all servers served for a target in each of some minutes, the last one excluded;
   * zero for a minute without any.
   */
  double[] consumed(TargetKey target, long from, long to) {
    double[] minutes = new double[Math.toIntExact(to - from)];
    for (long minute = from; minute < to; minute++) {
      Range range = ScalingRows.consumed(target.table(), minute, minute + 1);
      minutes[Math.toIntExact(minute - from)] =
          read(
                  range,
                  value ->
                      ScalingItem.consumed(
                          value, target.resource().index(), target.dimension().traffic()),
                  Integer.MAX_VALUE,
                  _ -> true)
              .stream()
              .mapToDouble(each -> each)
              .sum();
    }
    return minutes;
  }

  private void remove(Range range, List<Guard> guards) {
    List<Write> deletes = new ArrayList<>();
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        deletes.add(new Write.Delete(row.get().key()));
        row = cursor.next();
      }
    }
    int most = Math.min(store.limits().declaredKeys(), store.limits().writes());
    for (int from = 0; from < deletes.size(); from += most) {
      write(guards, deletes.subList(from, Math.min(deletes.size(), from + most)));
    }
  }

  private void write(List<Guard> guards, List<Write> writes) {
    List<RowKey> keys =
        writes.stream()
            .map(write ->
                switch (write) {
                  case Write.Put put -> put.key();
                  case Write.Delete delete -> delete.key();
                  case Write.Derive _, Write.Append _, Write.Replicated _ ->
                      throw new IllegalArgumentException("rows of scaling are put and deleted");
                })
            .toList();
    var _ = store.transact(keys, guards, _ -> new Verdict<>(true, writes));
  }

  private <T> List<T> read(Range range, Function<Bytes, T> reading, int most, Predicate<T> wanted) {
    List<T> found = new ArrayList<>();
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent() && found.size() < most) {
        T each = reading.apply(row.get().value());
        if (wanted.test(each)) {
          found.add(each);
        }
        row = cursor.next();
      }
    }
    return found;
  }
}
