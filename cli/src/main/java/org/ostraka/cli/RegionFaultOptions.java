package org.ostraka.cli;

import java.time.Duration;
import java.util.List;
import org.ostraka.options.Arguments;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.config.RegionFaults;

/** The options of {@code ostraka serve} for faults between regions. Stateless. */
final class RegionFaultOptions {
  private static final long MAX_DELAY_MILLIS = 60_000;

  /** Signatures of requests may be 15 minutes old; regions may be five minutes apart. */
  private static final long MAX_SKEW_MILLIS = 300_000;

  private static final Option<Long> DELAY =
      Option.withDefault(
          "--replication-delay",
          Kind.whole("MILLISECONDS", 0, MAX_DELAY_MILLIS, "milliseconds"),
          "0",
          "To test an application: each message to another region is up to this long on its way.");

  private static final Option<Double> LOSSES =
      rate(
          "--replication-loss-rate",
          "To test an application: the share of messages to other regions that are lost, or their"
              + " answers. They are sent again.");

  private static final Option<Double> DUPLICATES =
      rate(
          "--replication-duplicate-rate",
          "To test an application: the share of messages to other regions that arrive twice.");

  private static final Option<Double> REORDERINGS =
      rate(
          "--replication-reorder-rate",
          "To test an application: the share of messages to other regions whose changes arrive in"
              + " another order; those of one item stay in order.");

  private static final Option<Double> CUTS =
      rate(
          "--replication-cut-rate",
          "To test an application: the share of messages to other regions at which that region is"
              + " cut off for five seconds.");

  private static final Option<Long> SKEW =
      Option.withDefault(
          "--clock-skew",
          Kind.whole("MILLISECONDS", -MAX_SKEW_MILLIS, MAX_SKEW_MILLIS, "milliseconds"),
          "0",
          "To test an application: how far this server's clock goes ahead, or back when negative.");

  static final List<Option<?>> ALL = List.of(DELAY, LOSSES, DUPLICATES, REORDERINGS, CUTS, SKEW);

  private RegionFaultOptions() {}

  private static Option<Double> rate(String name, String help) {
    return Option.withDefault(
        name, Kind.number("RATE", "0 to 1", rate -> rate >= 0 && rate <= 1), "0", help);
  }

  static RegionFaults read(Arguments given) {
    return new RegionFaults(
        Duration.ofMillis(given.get(DELAY)),
        given.get(LOSSES),
        given.get(DUPLICATES),
        given.get(REORDERINGS),
        given.get(CUTS),
        Duration.ofMillis(given.get(SKEW)));
  }
}
