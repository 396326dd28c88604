package org.ostraka.engine.throttle;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.metric.ResourceMetrics;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.engine.operation.CapacityMode;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;
import org.ostraka.model.ThrottlingReason;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.ThrottlingReason.Subject;
import org.ostraka.model.Traffic;

/** The throughput that a table and its global indexes have left. Any thread. */
final class TableThrottle {
  /** The table's ARN as text, which a request that has no capacity needs each time. */
  private final String arn;

  private final ResourceThrottle table;
  private final Map<IndexName, ResourceThrottle> indexes = new ConcurrentHashMap<>();
  private final ToLongFunction<Optional<IndexName>> sizes;
  private final CapacityMode usual;
  private final TableMetrics metrics;
  private volatile TableRecord record;
  private volatile CapacityMode mode;

  /**
   * Begins to count.
   *
   * @param usual the mode of tables without a tag for it
   * @param sizes returns the size of the table or of an index in bytes
   * @param metrics counts what there is no room for
   */
  TableThrottle(
      TableRecord record,
      CapacityMode usual,
      ToLongFunction<Optional<IndexName>> sizes,
      TableMetrics metrics,
      long now) {
    this.usual = usual;
    this.metrics = metrics;
    this.sizes = sizes;
    this.record = record;
    this.arn = record.description().arn().toString();
    this.mode = modeOf(record);
    this.table =
        new ResourceThrottle(
            Limits.of(record.description()), () -> sizes.applyAsLong(Optional.empty()), now);
    follow(record, now);
  }

  /**
   * Takes over what was changed of the table. A record that is not the same object as before may
   * still be equal; then the limits are set again as they are.
   */
  @SuppressWarnings("ReferenceEquality") // compares at each request, and a record is long
  void become(TableRecord next, long now) {
    if (record == next) {
      return;
    }
    synchronized (this) {
      if (record != next) {
        mode = modeOf(next);
        table.become(Limits.of(next.description()), now);
        follow(next, now);
        record = next;
      }
    }
  }

  private void follow(TableRecord next, long now) {
    TableDescription description = next.description();
    for (GlobalIndex index : description.globalIndexes()) {
      Limits limits = Limits.of(description, index);
      ResourceThrottle known = indexes.get(index.name());
      if (known == null) {
        Optional<IndexName> name = Optional.of(index.name());
        indexes.put(index.name(), new ResourceThrottle(limits, () -> sizes.applyAsLong(name), now));
      } else {
        known.become(limits, now);
      }
    }
    indexes
        .keySet()
        .removeIf(
            name -> description.globalIndexes().stream().noneMatch(i -> i.name().equals(name)));
  }

  private CapacityMode modeOf(TableRecord of) {
    return Optional.ofNullable(of.tags().byKey().get(CapacityMode.TAG))
        .flatMap(CapacityMode::of)
        .orElse(usual);
  }

  CapacityMode mode() {
    return mode;
  }

  boolean isProvisioned() {
    return Limits.of(record.description()).isProvisioned();
  }

  /** Returns why there is no room for a part of a request; empty when there is. */
  Optional<ThrottlingReason> refusal(
      Traffic traffic, Optional<IndexName> index, Optional<Bytes> key, long now) {
    @Nullable ResourceThrottle resource = resource(index);
    return resource == null
        ? Optional.empty()
        : resource
            .refusal(traffic, KeyHash.of(key), now)
            .map(limit -> reason(traffic, index, limit));
  }

  /** Counts a part of a request for which there was no room. */
  void count(
      ThrottlingReason reason,
      Optional<IndexName> index,
      Optional<Bytes> key,
      Optional<Bytes> sort,
      long now) {
    ResourceMetrics resource = metrics.resource(index);
    resource.throttled(reason.traffic(), reason.limit());
    key.ifPresent(partition -> resource.throttledKey(partition, sort, now));
  }

  void take(Load load, long now) {
    @Nullable ResourceThrottle resource = resource(load.index());
    if (resource != null) {
      resource.take(load.traffic(), KeyHash.of(load.key()), load.units(), now);
    }
  }

  /** Returns the throughput of the table or an index; null for an index that is gone. */
  private @Nullable ResourceThrottle resource(Optional<IndexName> index) {
    return index.isEmpty() ? table : indexes.get(index.get());
  }

  private ThrottlingReason reason(Traffic traffic, Optional<IndexName> index, Limit limit) {
    return new ThrottlingReason(
        index.isPresent() ? Subject.INDEX : Subject.TABLE,
        traffic,
        limit,
        index.map(name -> arn + "/index/" + name).orElse(arn));
  }
}
