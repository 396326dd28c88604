package org.ostraka.engine.cloudwatch;

import java.time.InstantSource;

/**
 * Reads a source of levels in the first reading of each minute only, since reading it takes long,
 * and every request for metrics is a reading. One thread at a time.
 */
public final class OnceAMinute implements MetricReadings.Source {
  private final MetricReadings.Source source;
  private final InstantSource clock;
  private long lastMinute = Long.MIN_VALUE;

  /**
   * Makes a source that has not been read yet.
   *
   * @param source has levels only: counters would miss what happens after the reading
   */
  public OnceAMinute(MetricReadings.Source source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public void read(MetricReadings readings) {
    long minute = MetricHistory.minuteOf(clock.millis());
    if (minute != lastMinute) {
      // A source that fails is read again in the next minute, not by the next request.
      lastMinute = minute;
      source.read(readings);
    }
  }
}
