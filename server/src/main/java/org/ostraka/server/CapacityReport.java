package org.ostraka.server;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.encoding.KeyDecoding;
import org.ostraka.engine.insight.KeySketch;
import org.ostraka.engine.throttle.Throttling;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs for how many parts of requests DynamoDB would have had no capacity since the last report,
 * and which partition key most of them had. One thread at a time.
 */
final class CapacityReport implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CapacityReport.class);

  /** A key with less of what was throttled is not named. */
  private static final int LEAST_PERCENT = 10;

  private static final int MOST_CHARS = 100;

  private final Throttling throttling;
  private final Catalogue catalogue;

  CapacityReport(Throttling throttling, Catalogue catalogue) {
    this.throttling = throttling;
    this.catalogue = catalogue;
  }

  @Override
  public void run() {
    throttling.forget(table -> catalogue.describe(table).isEmpty());
    throttling
        .takeRefusals()
        .forEach((reason, throttled) ->
            LOG.info(
                "no capacity for {} reads or writes of {}: {}{}",
                throttled.count(),
                reason.resource(),
                reason.word(),
                throttled.hottest().map(hot -> named(hot, throttled.count())).orElse("")));
  }

  /** Names the partition key that most of them had, if one key stands out. */
  static String named(KeySketch.Count<Bytes> hottest, long of) {
    long percent = 100 * hottest.count() / Math.max(1, of);
    return percent < LEAST_PERCENT
        ? ""
        : "; " + percent + " % of them for the partition key " + text(hottest.key());
  }

  private static String text(Bytes key) {
    return KeyDecoding.values(key).stream()
        .map(CapacityReport::text)
        .collect(Collectors.joining(", "));
  }

  private static String text(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> '"' + shortened(text) + '"';
      case AttributeValue.N(BigDecimal number) -> number.toPlainString();
      case AttributeValue.B(Bytes bytes) -> shortened(bytes.toString());
      default -> throw new IllegalArgumentException("no key attribute");
    };
  }

  /** Returns a text on one line, of a length that fits there. */
  private static String shortened(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS) + "...";
  }
}
