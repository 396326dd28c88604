package org.ostraka.server.admin;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.encoding.KeyDecoding;
import org.ostraka.engine.insight.HotKeys;
import org.ostraka.engine.metric.ResourceMetrics;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.IndexName;

/**
 * What {@code ostraka hot} shows, as text: the keys of a table and its global indexes that are
 * accessed and throttled most, where contributor insights are enabled. Any thread.
 */
public final class HotKeyReport {
  private static final int MOST_KEYS = 10;
  private static final int MOST_CHARS = 100;
  private static final double PERCENT = 100;
  private static final String LINE = "%-20s %-28s %12s %7s  %s%n";

  private final Supplier<List<OpenTable>> tables;
  private final LongSupplier nanoTime;

  /**
   * Makes the report.
   *
   * @param tables returns the tables that there are
   * @param nanoTime the time with which requests are measured
   */
  public HotKeyReport(Supplier<List<OpenTable>> tables, LongSupplier nanoTime) {
    this.tables = tables;
    this.nanoTime = nanoTime;
  }

  /** Returns the report on the tables of this name, in every account and region. */
  public String of(String table) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, LINE, "RULE", "INDEX", "COUNT", "SHARE", "KEY"));
    for (OpenTable each : tables.get()) {
      if (each.stored().description().name().value().equals(table)) {
        add(text, each.metrics());
      }
    }
    return text.toString();
  }

  private void add(StringBuilder text, TableMetrics metrics) {
    add(text, "", metrics.table());
    Map<String, ResourceMetrics> byName = new TreeMap<>();
    for (Map.Entry<IndexName, ResourceMetrics> index : metrics.indexes().entrySet()) {
      byName.put(index.getKey().value(), index.getValue());
    }
    byName.forEach((index, counted) -> add(text, index, counted));
  }

  private void add(StringBuilder text, String index, ResourceMetrics counted) {
    Optional<HotKeys> keys = counted.hotKeys();
    if (keys.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    for (HotKeys.Rule rule : HotKeys.Rule.values()) {
      for (HotKeys.Hot hot : keys.get().top(rule, MOST_KEYS, now)) {
        text.append(line(index, hot));
      }
    }
  }

  private static String line(String index, HotKeys.Hot hot) {
    return String.format(
        Locale.ROOT,
        LINE,
        words(hot.rule()),
        index,
        String.format(Locale.ROOT, "%.1f", hot.count()),
        String.format(Locale.ROOT, "%.1f %%", hot.share() * PERCENT),
        text(hot.partition()) + hot.sort().map(sort -> " / " + text(sort)).orElse(""));
  }

  private static String words(HotKeys.Rule rule) {
    return switch (rule) {
      case PKC -> "accessed partition";
      case SKC -> "accessed item";
      case PKT -> "throttled partition";
      case SKT -> "throttled item";
    };
  }

  private static String text(Bytes key) {
    return KeyDecoding.values(key).stream()
        .map(HotKeyReport::text)
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
