package org.ostraka.cli;

import java.time.Duration;
import java.util.List;
import org.ostraka.options.Arguments;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.config.ScrubSettings;

/** How the server reads its files again to find damage. Stateless. */
final class ScrubOptions {
  private static final long MAX_DAYS = 3_650;
  private static final long MAX_MEGABYTES = 1 << 20;

  private static final Option<Long> PERIOD =
      Option.withDefault(
          "--scrub-period",
          Kind.whole("DAYS", 0, MAX_DAYS, "days"),
          "30",
          "How often all files of the data directory and its archive are read again to find damage;"
              + " 0 for never.");

  private static final Option<Long> RATE =
      Option.withDefault(
          "--scrub-rate",
          Kind.whole("MEGABYTES", 1, MAX_MEGABYTES, "megabytes"),
          "8",
          "How many megabytes a second are read for that, on average.");

  static final List<Option<?>> ALL = List.of(PERIOD, RATE);

  private ScrubOptions() {}

  static ScrubSettings read(Arguments given) {
    return new ScrubSettings(Duration.ofDays(given.get(PERIOD)), given.get(RATE) << 20);
  }
}
