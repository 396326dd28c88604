package org.ostraka.engine.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.Metric;

/**
 * The limits of what names a metric: Metric, Dimension and DimensionFilter in the CloudWatch API
 * Reference. Stateless.
 *
 * <p>The texts are the service's: aws/amazon-cloudwatch-agent, issue 240, and
 * LeonAdato/xk6-output-statsd, issue 8, quote that of lengths.
 */
final class MetricLimits {
  private static final int MAX_DIMENSIONS = 30;
  private static final int MAX_NAME_CHARS = 255;
  private static final int MAX_DIMENSION_VALUE_CHARS = 1_024;

  private MetricLimits() {}

  /**
   * Returns what is wrong with a metric.
   *
   * @param at the place of its parts in the request, such as {@code MetricStat.Metric.}, or empty
   */
  static List<String> problems(Metric metric, String at) {
    List<String> problems = new ArrayList<>();
    addIfLong(problems, MAX_NAME_CHARS, metric.namespace(), at + "Namespace");
    addIfLong(problems, MAX_NAME_CHARS, metric.name(), at + "MetricName");
    if (metric.dimensions().size() > MAX_DIMENSIONS) {
      problems.add(tooMany(at + "Dimensions", MAX_DIMENSIONS));
    }
    for (int i = 0; i < metric.dimensions().size(); i++) {
      Dimension dimension = metric.dimensions().get(i);
      addOfDimension(problems, dimension.name(), dimension.value(), at, i);
    }
    return problems;
  }

  /** Adds what is wrong with a dimension, whose value may be absent. */
  static void addOfDimension(
      List<String> problems, @Nullable String name, @Nullable String value, String at, int index) {
    String place = at + "Dimensions.member." + (index + 1);
    addIfLong(problems, MAX_NAME_CHARS, name, place + ".Name");
    addIfLong(problems, MAX_DIMENSION_VALUE_CHARS, value, place + ".Value");
  }

  /** Adds that a name is too long, if it is. */
  static void addIfLongName(List<String> problems, @Nullable String text, String parameter) {
    addIfLong(problems, MAX_NAME_CHARS, text, parameter);
  }

  /** Adds that a text is too long, if it is. */
  static void addIfLong(List<String> problems, int most, @Nullable String text, String parameter) {
    if (text != null && text.length() > most) {
      problems.add(
          "The parameter " + parameter + " must be shorter than " + (most + 1) + " characters.");
    }
  }

  static String tooMany(String parameter, int most) {
    return "The collection " + parameter + " must not have a size greater than " + most + ".";
  }
}
