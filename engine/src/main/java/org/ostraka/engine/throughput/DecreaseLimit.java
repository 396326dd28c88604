package org.ostraka.engine.throughput;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.error.LimitExceededException;

/**
 * The limit on decreases of a table's throughput: four in a UTC day, then one an hour. Stateless.
 *
 * <p>"Quotas" in the Developer Guide; the wording was measured on the service in October 2026
 * (aws-controllers-k8s/dynamodb-controller, docs/api-quirks).
 */
public final class DecreaseLimit {
  private static final int FREE_DECREASES = 4;
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern(
              "EEEE, MMMM d, yyyy 'at' h:mm:ss a 'Coordinated Universal Time'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private DecreaseLimit() {}

  /** Returns the number of decreases since midnight UTC. */
  public static int decreasesToday(ProvisionedThroughput throughput, Instant now) {
    boolean today =
        throughput.lastDecrease().filter(last -> day(last).equals(day(now))).isPresent();
    return today ? throughput.decreasesToday() : 0;
  }

  /** Refuses a decrease that is too early. */
  static void require(ProvisionedThroughput throughput, Instant now) {
    int decreases = decreasesToday(throughput, now);
    if (decreases < FREE_DECREASES || throughput.lastDecrease().isEmpty()) {
      return;
    }
    Instant last = throughput.lastDecrease().get();
    Instant midnight = day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant hourLater = last.plus(INTERVAL);
    Instant next = hourLater.isBefore(midnight) ? hourLater : midnight;
    if (now.isBefore(next)) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given"
              + " UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day"
              + " can be performed at most once every 3600 seconds. Number of decreases today: "
              + decreases
              + ". Last decrease at "
              + FORMAT.format(last)
              + ". Next decrease can be made at "
              + FORMAT.format(next));
    }
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
