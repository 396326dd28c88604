package org.ostraka.engine.throttle;

import java.util.OptionalLong;
import org.ostraka.model.Traffic;

/**
 * A range of the hashes of partition keys, with what one partition can serve. Any thread.
 *
 * <p>"Burst and adaptive capacity" in the Developer Guide: 3,000 read units and 1,000 write units a
 * second.
 */
final class Partition {
  static final int READ_UNITS = 3_000;
  static final int WRITE_UNITS = 1_000;

  private static final double HOT_SHARE = 0.9;
  private static final int SECONDS_PER_MINUTE = 60;

  private final long from;
  private final long to;
  private final Bucket reads;
  private final Bucket writes;
  private final Heat heat;
  private int hotMinutes;

  /** Makes the partition of the hashes between these two, both included, as unsigned numbers. */
  Partition(long from, long to, long now) {
    this.from = from;
    this.to = to;
    this.reads = new Bucket(READ_UNITS, 1, 1, now);
    this.writes = new Bucket(WRITE_UNITS, 1, 1, now);
    this.heat = new Heat(from, to);
  }

  static int units(Traffic traffic) {
    return traffic == Traffic.READ ? READ_UNITS : WRITE_UNITS;
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }

  boolean hasRoom(Traffic traffic, long now) {
    return bucket(traffic).hasRoom(now);
  }

  void take(Traffic traffic, long hash, double units, long now) {
    bucket(traffic).take(units, now);
    heat.add(traffic == Traffic.READ, hash, units / units(traffic));
  }

  /**
   * Ends a minute.
   *
   * @return where to split the partition: it was hot for two minutes, and a split helps
   */
  OptionalLong endMinute() {
    boolean hot = heat.next() >= HOT_SHARE * SECONDS_PER_MINUTE;
    if (!hot) {
      heat.forget();
    }
    hotMinutes = hot ? hotMinutes + 1 : 0;
    return hotMinutes >= 2 ? heat.middle() : OptionalLong.empty();
  }

  private Bucket bucket(Traffic traffic) {
    return traffic == Traffic.READ ? reads : writes;
  }
}
