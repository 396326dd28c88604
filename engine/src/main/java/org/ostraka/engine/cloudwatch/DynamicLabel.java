package org.ostraka.engine.cloudwatch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.cloudwatch.math.TimeSeries;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.model.cloudwatch.Metric;

/**
 * Labels with values in them: "Using dynamic labels" in the User Guide. Names that it does not know
 * stay as they are. Immutable.
 *
 * @param label the label that the series would have otherwise
 * @param timezone the offset in which times are shown; that of UTC when there is none
 */
record DynamicLabel(String label, TimeSeries series, Owner owner, @Nullable String timezone) {
  /** The most characters of a label, before and after its values are put in. */
  static final int MAX_CHARS = 2_048;

  private static final Pattern NAME = Pattern.compile("\\$\\{([A-Z_]+)(?:\\('([^']*)'\\))?}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final MathContext DIGITS = new MathContext(6);

  /**
   * Returns the label with the values in it.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when it becomes too long
   */
  String of(String wanted) {
    Matcher matcher = NAME.matcher(wanted);
    StringBuilder text = new StringBuilder();
    Map<String, Optional<String>> known = new HashMap<>();
    while (matcher.find() && text.length() <= MAX_CHARS) {
      String value =
          known
              .computeIfAbsent(matcher.group(), _ -> value(matcher.group(1), matcher.group(2)))
              .orElse(matcher.group());
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return requireShort(matcher.appendTail(text).toString());
  }

  /** Refuses a finished label that is too long. */
  static String requireShort(String text) {
    if (text.length() > MAX_CHARS) {
      throw CloudWatchError.VALIDATION.because(
          "A label with its values must be shorter than " + (MAX_CHARS + 1) + " characters.");
    }
    return text;
  }

  private Optional<String> value(String name, @Nullable String argument) {
    if (argument != null) {
      return name.equals("PROP") ? property(argument) : Optional.empty();
    }
    NavigableMap<Long, Double> points = series.points();
    if (points.isEmpty()) {
      return name.equals("LABEL")
          ? Optional.of(label)
          : Optional.of("--").filter(_ -> isKnown(name));
    }
    return Optional.ofNullable(
        switch (name) {
          case "LABEL" -> label;
          case "AVG" -> number(sum() / points.size());
          case "DATAPOINT_COUNT" -> Integer.toString(points.size());
          case "FIRST" -> number(points.firstEntry().getValue());
          case "FIRST_TIME" -> time(points.firstKey());
          case "LAST" -> number(points.lastEntry().getValue());
          case "LAST_TIME" -> time(points.lastKey());
          case "MAX" -> number(greatest().getValue());
          case "MAX_TIME" -> time(greatest().getKey());
          case "MIN" -> number(least().getValue());
          case "MIN_TIME" -> time(least().getKey());
          case "SUM" -> number(sum());
          default -> null;
        });
  }

  private static boolean isKnown(String name) {
    return name.matches("AVG|DATAPOINT_COUNT|(FIRST|LAST|MIN|MAX)(_TIME)?|SUM");
  }

  private double sum() {
    return series.points().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private Map.Entry<Long, Double> least() {
    return extreme(Map.Entry.comparingByValue());
  }

  private Map.Entry<Long, Double> greatest() {
    return extreme(Map.Entry.<Long, Double>comparingByValue().reversed());
  }

  private Map.Entry<Long, Double> extreme(Comparator<Map.Entry<Long, Double>> order) {
    return series.points().entrySet().stream().min(order).orElseThrow();
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : "--";
  }

  private String time(long second) {
    ZoneOffset offset = timezone == null ? ZoneOffset.UTC : ZoneOffset.of(timezone);
    return TIME.format(Instant.ofEpochSecond(second).atOffset(offset));
  }

  private Optional<String> property(String name) {
    Optional<Metric> metric = series.metric();
    return switch (name) {
      case "AccountId" -> Optional.of(owner.account().value());
      case "MetricName" -> metric.map(Metric::name);
      case "Namespace" -> metric.map(Metric::namespace);
      case "Period" -> Optional.of(Integer.toString(series.period()));
      case "Region" -> Optional.of(owner.region().value());
      case "Stat" -> metric.map(_ -> series.stat());
      default ->
          name.startsWith("Dim.")
              ? metric.flatMap(each -> each.dimension(name.substring("Dim.".length())))
              : Optional.empty();
    };
  }
}
