package org.ostraka.engine.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the delivery of a table's changes to Kinesis data streams. Any thread. */
public final class CaptureMetrics {
  private final Tally units = new Tally();
  private final Tally throttled = new Tally();
  private final LongAdder failed = new LongAdder();
  private final Set<ShardDelivery> deliveries = ConcurrentHashMap.newKeySet();

  /** Begins to count. */
  public CaptureMetrics() {}

  /** The delivery of one shard to one stream. One thread; others ask only what waits. */
  public final class ShardDelivery implements AutoCloseable {
    private volatile Optional<Instant> oldest = Optional.empty();

    private ShardDelivery() {}

    /** Says when the oldest change was made that is still to be delivered. */
    public void waitsSince(Instant created) {
      oldest = Optional.of(created);
    }

    /** Says that no change is to be delivered. */
    public void waitsForNothing() {
      oldest = Optional.empty();
    }

    @Override
    public void close() {
      deliveries.remove(this);
    }
  }

  /** Begins to deliver a shard, until the result is closed. */
  public ShardDelivery begin() {
    ShardDelivery delivery = new ShardDelivery();
    deliveries.add(delivery);
    return delivery;
  }

  /** Counts a change by its change data capture units. */
  public void captured(double captureUnits) {
    units.add(captureUnits);
  }

  /** Counts the records of a request that the stream had no capacity for. */
  public void throttled(int records) {
    throttled.add((double) records);
  }

  /** Counts a change that cannot be delivered. */
  public void failed() {
    failed.increment();
  }

  /** Returns the change data capture units, a value for each change. */
  public Tally units() {
    return units;
  }

  /** Returns how many records a stream had no capacity for, a value for each request with some. */
  public Tally throttledRecords() {
    return throttled;
  }

  /** Returns the number of changes that could not be delivered. */
  public long failedRecords() {
    return failed.sum();
  }

  /**
   * Returns how long the oldest change waits that is still to be delivered; zero without one. Empty
   * while nothing is delivered here.
   */
  public Optional<Duration> age(Instant now) {
    return deliveries.stream()
        .map(delivery ->
            delivery.oldest.map(created -> Duration.between(created, now)).orElse(Duration.ZERO))
        .map(age -> age.isNegative() ? Duration.ZERO : age)
        .max(Comparator.naturalOrder());
  }
}
