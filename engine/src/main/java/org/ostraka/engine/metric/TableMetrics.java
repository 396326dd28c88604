package org.ostraka.engine.metric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.insight.ContributorInsights;
import org.ostraka.model.IndexName;
import org.ostraka.model.Traffic;

/**
 * What is counted of a table since this process opened it, by CloudWatch's metrics: "DynamoDB
 * metrics and dimensions" in the Developer Guide. Any thread.
 *
 * <p>The table's record has it, so that requests find it without a lookup. Operations that were
 * never called, and indexes that were never used, take no memory.
 */
public final class TableMetrics {
  /** A stream that is gone keeps its counts until there are newer ones. */
  private static final int MAX_STREAMS = 100;

  private final ResourceMetrics table = new ResourceMetrics();
  private final Map<IndexName, ResourceMetrics> indexes = new ConcurrentHashMap<>();
  private final Map<ItemOperation, AtomicReference<@Nullable OperationMetrics>> operations =
      new EnumMap<>(ItemOperation.class);
  private final ConcurrentSkipListMap<String, StreamMetrics> streams =
      new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable CaptureMetrics> capture = new AtomicReference<>();
  private volatile ContributorInsights insights = ContributorInsights.NONE;
  private final LongAdder failedConditions = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder expired = new LongAdder();

  /** Begins to count. */
  public TableMetrics() {
    for (ItemOperation operation : ItemOperation.values()) {
      operations.put(operation, new AtomicReference<>());
    }
  }

  /**
   * Takes over which keys are to be counted. Records that are the same object have the same
   * settings.
   */
  @SuppressWarnings("ReferenceEquality") // compares at each request
  public void follow(ContributorInsights next, long now) {
    if (insights == next) {
      return;
    }
    synchronized (this) {
      insights = next;
      next.settings().keySet().forEach(this::resource);
      table.follow(next.of(Optional.empty()), now);
      // An index that was dropped has counts and no setting.
      indexes.forEach((index, each) -> each.follow(next.of(Optional.of(index)), now));
    }
  }

  /** Counts the keys of a part of a request, where keys are counted. */
  void loaded(Load load, long now) {
    if (!insights.settings().isEmpty()) {
      resource(load.index()).accessed(load, now);
    }
  }

  /** Returns what is counted of the table alone. */
  public ResourceMetrics table() {
    return table;
  }

  /** Returns what is counted of each global index that was used. */
  public Map<IndexName, ResourceMetrics> indexes() {
    return Collections.unmodifiableMap(indexes);
  }

  /** Returns what is counted of the table, or of a global index. */
  public ResourceMetrics resource(Optional<IndexName> index) {
    return index.isEmpty()
        ? table
        : indexes.computeIfAbsent(index.get(), _ -> new ResourceMetrics());
  }

  /** Returns what is counted of each operation that was called. */
  public Map<ItemOperation, OperationMetrics> operations() {
    Map<ItemOperation, OperationMetrics> called = new EnumMap<>(ItemOperation.class);
    operations.forEach((operation, place) -> {
      OperationMetrics known = place.get();
      if (known != null) {
        called.put(operation, known);
      }
    });
    return called;
  }

  /**
   * Returns what is counted of a stream of the table, by its label. Labels are times: of too many
   * streams the oldest one is forgotten.
   */
  public StreamMetrics stream(String label) {
    StreamMetrics counted = streams.computeIfAbsent(label, _ -> new StreamMetrics());
    if (streams.size() > MAX_STREAMS) {
      var _ = streams.pollFirstEntry();
    }
    return counted;
  }

  /** Returns what is counted of the newest streams that were read, by their labels. */
  public Map<String, StreamMetrics> streams() {
    return Collections.unmodifiableMap(streams);
  }

  /** Returns what is counted of the delivery to Kinesis data streams, from now on. */
  public CaptureMetrics capturing() {
    return Made.once(capture, CaptureMetrics::new);
  }

  /** Returns what is counted of the delivery to Kinesis data streams; empty without any. */
  public Optional<CaptureMetrics> capture() {
    return Optional.ofNullable(capture.get());
  }

  /** Returns the number of writes whose condition failed. */
  public long failedConditions() {
    return failedConditions.sum();
  }

  /** Returns the number of requests for items that were refused because of a transaction. */
  public long conflicts() {
    return conflicts.sum();
  }

  /** Returns the number of items that were deleted because they had expired. */
  public long expired() {
    return expired.sum();
  }

  /** Counts items that were deleted because they had expired. */
  public void addExpired(long items) {
    expired.add(items);
  }

  OperationMetrics operation(ItemOperation operation) {
    AtomicReference<@Nullable OperationMetrics> place =
        Objects.requireNonNull(operations.get(operation));
    return Made.once(place, OperationMetrics::new);
  }

  void failCondition() {
    failedConditions.increment();
  }

  void conflict() {
    conflicts.increment();
  }

  /** Adds what a request consumed. Units of local indexes are the table's. */
  void consume(Traffic traffic, Cost cost) {
    double own = cost.table();
    if (!cost.localIndexes().isEmpty()) {
      for (double units : cost.localIndexes().values()) {
        own += units;
      }
    }
    if (own > 0) {
      table.consumed(traffic).add(own);
    }
    if (!cost.globalIndexes().isEmpty()) {
      cost.globalIndexes()
          .forEach((index, units) -> resource(Optional.of(index)).consumed(traffic).add(units));
    }
  }
}
