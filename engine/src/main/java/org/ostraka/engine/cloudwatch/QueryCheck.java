package org.ostraka.engine.cloudwatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.model.cloudwatch.GetMetricData;
import org.ostraka.model.cloudwatch.Metric;

/**
 * Checks a request for metric data. All that is wrong is reported together, a line for each, as the
 * service does: prometheus-community/yet-another-cloudwatch-exporter, issue 1435. One use, one
 * thread.
 */
final class QueryCheck {
  /** The most queries, datapoints and characters of an expression: GetMetricData. */
  static final int MAX_QUERIES = 500;

  static final int MAX_DATAPOINTS = 100_800;
  private static final int MAX_EXPRESSION_CHARS = 2_048;
  private static final int MAX_ID_CHARS = 255;

  /** influxdata/telegraf, issue 5420, quotes the service's text. */
  private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");

  private static final Pattern TIMEZONE = Pattern.compile("[+-](?:0\\d|1[0-7])[0-5]\\d");
  private static final Set<String> ORDERS = Set.of("TimestampAscending", "TimestampDescending");

  private final List<String> problems = new ArrayList<>();

  private QueryCheck() {}

  /**
   * Checks.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when the request is not legal
   */
  static void check(GetMetricData.Request request, Owner owner) {
    QueryCheck check = new QueryCheck();
    check.whole(request);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < request.queries().size(); i++) {
      check.query(request.queries().get(i), "MetricDataQueries.member." + (i + 1), ids, owner);
    }
    if (!check.problems.isEmpty()) {
      throw CloudWatchError.VALIDATION.because(String.join("\n", check.problems));
    }
  }

  private void whole(GetMetricData.Request request) {
    require(!request.queries().isEmpty(), "The parameter MetricDataQueries is required.");
    require(
        request.queries().size() <= MAX_QUERIES,
        MetricLimits.tooMany("MetricDataQueries", MAX_QUERIES));
    times(request.startTime(), request.endTime()).ifPresent(problems::add);
    if (request.scanBy() != null) {
      require(ORDERS.contains(request.scanBy()), notValid("ScanBy"));
    }
    Integer most = request.maxDatapoints();
    if (most != null) {
      require(
          most >= 1 && most <= MAX_DATAPOINTS,
          "The value for parameter MaxDatapoints must be between 1 and " + MAX_DATAPOINTS + ".");
    }
    if (request.timezone() != null) {
      require(TIMEZONE.matcher(request.timezone()).matches(), notValid("LabelOptions.Timezone"));
    }
    if (!request.queries().isEmpty()) {
      require(
          request.queries().stream().anyMatch(each -> !Boolean.FALSE.equals(each.returnData())),
          "At least one of the MetricDataQueries must return data.");
    }
  }

  /** Returns what is wrong with a range of time. */
  static Optional<String> times(@Nullable Instant start, @Nullable Instant end) {
    if (start == null || end == null) {
      return Optional.of(
          "The parameter " + (start == null ? "StartTime" : "EndTime") + " is required.");
    }
    return start.isBefore(end)
        ? Optional.empty()
        : Optional.of("The parameter StartTime must be less than the parameter EndTime.");
  }

  private void query(GetMetricData.Query query, String at, Set<String> ids, Owner owner) {
    String id = query.id();
    if (id == null) {
      problems.add("The parameter " + at + ".Id is required.");
    } else {
      MetricLimits.addIfLong(problems, MAX_ID_CHARS, id, at + ".Id");
      require(
          ID.matcher(id).matches(),
          "The value "
              + id
              + " for parameter "
              + at
              + ".Id is not matching the expected pattern ^"
              + ID
              + "$.");
      require(
          ids.add(id), "The values for parameter Id in MetricDataQueries are not unique: " + id);
    }
    require(
        (query.stat() == null) != (query.expression() == null),
        "Exactly one of the parameters "
            + at
            + ".MetricStat and "
            + at
            + ".Expression must be specified.");
    if (query.stat() != null) {
      stat(query.stat(), at + ".MetricStat");
    }
    String expression = query.expression();
    if (expression != null) {
      require(
          !expression.isEmpty() && expression.length() <= MAX_EXPRESSION_CHARS,
          notValid(at + ".Expression"));
    }
    if (query.label() != null) {
      MetricLimits.addIfLong(problems, DynamicLabel.MAX_CHARS, query.label(), at + ".Label");
    }
    period(query.period(), at + ".Period");
    if (query.accountId() != null) {
      require(
          query.accountId().equals(owner.account().value()),
          at
              + ".AccountId: metrics of other accounts are not supported by this version of"
              + " Ostraka.");
    }
  }

  private void stat(GetMetricData.Stat stat, String at) {
    Metric metric = stat.metric();
    if (metric == null) {
      problems.add("The parameter " + at + ".Metric is required.");
    } else {
      require(
          !metric.namespace().isEmpty(), "The parameter " + at + ".Metric.Namespace is required.");
      require(!metric.name().isEmpty(), "The parameter " + at + ".Metric.MetricName is required.");
      problems.addAll(MetricLimits.problems(metric, at + ".Metric."));
    }
    require(stat.period() != null, "The parameter " + at + ".Period is required.");
    period(stat.period(), at + ".Period");
    String word = stat.stat();
    if (word == null) {
      problems.add("The parameter " + at + ".Stat is required.");
    } else if (Statistic.parse(word).isEmpty()) {
      problems.add(
          Statistic.isOfService(word)
              ? at + ".Stat: " + word + " is not supported by this version of Ostraka."
              : "The value for parameter " + at + ".Stat is not a valid statistic.");
    }
  }

  private void period(@Nullable Integer period, String at) {
    require(period == null || Periods.isLegal(period), notValid(at));
  }

  private static String notValid(String parameter) {
    return "The value for parameter " + parameter + " is not valid.";
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
