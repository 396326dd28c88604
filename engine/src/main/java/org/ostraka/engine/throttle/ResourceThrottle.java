package org.ostraka.engine.throttle;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.Traffic;

/**
 * The throughput that a table or an index has left. Any thread.
 *
 * <p>A provisioned table has a bucket with 300 seconds of its provisioned throughput, of which a
 * new one has the first second. Any partition may use all of it (adaptive capacity) up to what one
 * partition can serve. An on-demand table has what its partitions can serve: 4,000 write units and
 * 12,000 read units at first, later double its previous peak; its maximum and the account's quota
 * are buckets. A partition that is hot for two minutes is split where its traffic has its middle,
 * unless one key has most of it. A partition holds 10 GB.
 */
final class ResourceThrottle {
  private static final int BURST_SECONDS = 300;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long PARTITION_BYTES = 10L << 30;

  /** "Quotas in Amazon DynamoDB": the units a second of an on-demand table, for each kind. */
  private static final int ACCOUNT_UNITS = 40_000;

  /** More partitions than that are not told apart: with it a table has 40 TB. */
  private static final int MOST_PARTITIONS = 4_096;

  /** The minutes after which nothing of the past counts; more are not made up for. */
  private static final int MOST_MINUTES = 64;

  private final LongSupplier sizeBytes;
  private final Partitions partitions;
  private final Side reads;
  private final Side writes;
  private final ReentrantLock minutes = new ReentrantLock();
  private volatile Limits limits;
  private volatile long minuteEnds;

  /** The limits of one kind of traffic. */
  private static final class Side {
    final Bucket provisioned;
    final Bucket maximum;
    final Bucket account;
    final PeakTraffic peak = new PeakTraffic();

    Side(long now) {
      this.provisioned = new Bucket(1, BURST_SECONDS, 1, now);
      this.maximum = new Bucket(1, 1, 1, now);
      this.account = new Bucket(ACCOUNT_UNITS, 1, 1, now);
    }
  }

  /**
   * Begins to count.
   *
   * @param sizeBytes returns the size of the table or the index
   * @param now the time in nanoseconds, from any origin
   */
  ResourceThrottle(Limits limits, LongSupplier sizeBytes, long now) {
    this.sizeBytes = sizeBytes;
    this.minuteEnds = now + MINUTE_NANOS;
    this.limits = limits;
    this.partitions = new Partitions(1, now);
    this.reads = new Side(now);
    this.writes = new Side(now);
    become(limits, now);
  }

  /** Changes the limits. */
  void become(Limits next, long now) {
    minutes.lock();
    try {
      limits = next;
      for (Traffic traffic : Traffic.values()) {
        Side side = side(traffic);
        side.provisioned.fillAt(Math.max(1.0, (double) next.provisioned(traffic)));
        side.maximum.fillAt(Math.max(1.0, (double) next.maximum(traffic)));
      }
      partitions.atLeast(wantedPartitions(), now);
    } finally {
      minutes.unlock();
    }
  }

  /**
   * Returns the limit that leaves no room; empty when there is room.
   *
   * @param hash the hash of the partition key; absent for a part of a request that may use any
   */
  Optional<Limit> refusal(Traffic traffic, OptionalLong hash, long now) {
    endMinutes(now);
    Limits at = limits;
    Side side = side(traffic);
    if (at.isProvisioned()) {
      if (!side.provisioned.hasRoom(now)) {
        return Optional.of(Limit.PROVISIONED);
      }
    } else if (!side.account.hasRoom(now)) {
      return Optional.of(Limit.ACCOUNT);
    } else if (at.maximum(traffic) >= 0 && !side.maximum.hasRoom(now)) {
      return Optional.of(Limit.ON_DEMAND_MAXIMUM);
    }
    boolean full = hash.isPresent() && !partitions.of(hash.getAsLong()).hasRoom(traffic, now);
    return full ? Optional.of(Limit.KEY_RANGE) : Optional.empty();
  }

  /** Takes what a part of a request consumed; without a hash all partitions give their share. */
  void take(Traffic traffic, OptionalLong hash, double units, long now) {
    endMinutes(now);
    Limits at = limits;
    Side side = side(traffic);
    if (at.isProvisioned()) {
      side.provisioned.take(units, now);
    } else {
      side.account.take(units, now);
      if (at.maximum(traffic) >= 0) {
        side.maximum.take(units, now);
      }
      synchronized (side) {
        side.peak.add(units);
      }
    }
    if (hash.isPresent()) {
      partitions.of(hash.getAsLong()).take(traffic, hash.getAsLong(), units, now);
      return;
    }
    int count = partitions.count();
    for (int i = 0; i < count; i++) {
      Partition each = partitions.at(i);
      each.take(traffic, each.from(), units / count, now);
    }
  }

  int partitions() {
    return partitions.count();
  }

  /** Ends the minutes that are over. */
  private void endMinutes(long now) {
    if (now - minuteEnds < 0 || !minutes.tryLock()) {
      return;
    }
    try {
      long end = minuteEnds;
      for (int i = 0; now - end >= 0 && i < MOST_MINUTES; i++) {
        endMinute(now);
        end += MINUTE_NANOS;
      }
      minuteEnds = now - end >= 0 ? now + MINUTE_NANOS : end;
    } finally {
      minutes.unlock();
    }
  }

  private void endMinute(long now) {
    for (Side side : List.of(reads, writes)) {
      synchronized (side) {
        side.peak.endMinute();
      }
    }
    partitions.endMinute(now);
    partitions.atLeast(wantedPartitions(), now);
  }

  private int wantedPartitions() {
    Limits at = limits;
    double reads = (double) wanted(at, Traffic.READ) / Partition.READ_UNITS;
    double writes = (double) wanted(at, Traffic.WRITE) / Partition.WRITE_UNITS;
    double byTraffic = at.isProvisioned() ? reads + writes : Math.max(reads, writes);
    long bySize = Math.ceilDiv(sizeBytes.getAsLong(), PARTITION_BYTES);
    return Math.clamp(Math.max(bySize, (long) Math.ceil(byTraffic)), 1, MOST_PARTITIONS);
  }

  private long wanted(Limits at, Traffic traffic) {
    return at.isProvisioned()
        ? at.warm(traffic)
        : Math.max(at.warm(traffic), Math.round(2 * side(traffic).peak.unitsPerSecond()));
  }

  private Side side(Traffic traffic) {
    return traffic == Traffic.READ ? reads : writes;
  }
}
