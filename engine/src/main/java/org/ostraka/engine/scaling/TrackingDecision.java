package org.ostraka.engine.scaling;

import java.util.Arrays;
import java.util.Optional;
import org.ostraka.model.scaling.ScalingPolicy.Alarm;

/**
 * What target tracking wants of the units of a table or index after a minute. Immutable.
 *
 * <p>"Managing throughput capacity automatically with DynamoDB auto scaling" in the Developer
 * Guide: it scales out when the consumption is above the target for two minutes in a row, and in
 * when it is below for 15. A minute in which nothing was consumed has no data point, as in
 * CloudWatch, so an idle table is never scaled in.
 *
 * @param alarm the alarm that asks for it
 * @param units the units that bring the utilization to the target
 */
record TrackingDecision(Alarm alarm, long units) {
  static final int MINUTES_OUT = 2;
  static final int MINUTES_IN = 15;
  private static final int SECONDS = 60;
  private static final double PERCENT = 100;

  /** How far below the target the consumption is when the lower alarm rings. */
  private static final double BELOW = 20;

  /**
   * Decides.
   *
   * @param percent the target
   * @param minutes the units consumed in each of the last 15 minutes, the latest at last; zero when
   *     there is no data point
   * @param provisioned the units a second that are provisioned now
   * @return empty when nothing is to be done
   */
  static Optional<TrackingDecision> of(double percent, double[] minutes, long provisioned) {
    double full = (double) provisioned * SECONDS;
    double latest = minutes[minutes.length - 1];
    double[] out = Arrays.copyOfRange(minutes, minutes.length - MINUTES_OUT, minutes.length);
    if (Arrays.stream(out).allMatch(each -> each > full * percent / PERCENT)) {
      return Optional.of(new TrackingDecision(Alarm.HIGH, units(latest, percent)));
    }
    double low = full * lowPercent(percent) / PERCENT;
    if (Arrays.stream(minutes).allMatch(each -> each > 0 && each < low)) {
      double most = Arrays.stream(minutes).max().orElseThrow();
      return Optional.of(new TrackingDecision(Alarm.LOW, units(most, percent)));
    }
    return Optional.empty();
  }

  /** Returns the utilization below which the lower alarm rings: half of a target below 40 %. */
  private static double lowPercent(double percent) {
    return Math.max(percent - BELOW, percent / 2);
  }

  private static long units(double consumedInMinute, double percent) {
    return (long) Math.ceil(consumedInMinute * PERCENT / (percent * SECONDS) - 1e-9);
  }
}
