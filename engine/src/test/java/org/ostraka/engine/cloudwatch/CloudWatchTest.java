package org.ostraka.engine.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.gate.Permissions;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.cloudwatch.CloudWatchException;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.GetMetricData;
import org.ostraka.model.cloudwatch.GetMetricStatistics;
import org.ostraka.model.cloudwatch.ListMetrics;
import org.ostraka.model.cloudwatch.Metric;
import org.ostraka.testkit.clock.ManualClock;

/** The three operations over ten minutes of two tables. */
final class CloudWatchTest {
  private static final Owner OWNER =
      new Owner(new AccountId("123456789012"), new Region("us-east-1"));
  private static final Caller CALLER =
      new Caller(new Principal.Root(OWNER.account(), "AKID"), OWNER);
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
  private static final String METRIC = "SystemErrors";

  private final ManualClock clock = new ManualClock(START);
  private final Object source = new Object();
  private long errors;
  private final MetricHistory history = new MetricHistory(List.of(this::read), clock, 1 << 20);
  private final CloudWatch metrics = new CloudWatch(history, clock, Permissions.ALL);

  private void read(MetricReadings readings) {
    readings.events(source, OWNER, MetricName.SYSTEM_ERRORS, table("orders"), errors);
    readings.events(source, OWNER, MetricName.SYSTEM_ERRORS, table("votes"), 2 * errors);
  }

  private static List<Dimension> table(String name) {
    return List.of(new Dimension("TableName", name));
  }

  /** The n-th minute has n errors of the first table, and 2n of the second. */
  @BeforeEach
  void fill() {
    for (int i = 1; i <= 10; i++) {
      errors += i;
      clock.advance(Duration.ofMinutes(1));
      history.collect();
    }
  }

  private static GetMetricData.Query metric(String id, String table, String stat, int period) {
    return new GetMetricData.Query(
        id,
        new GetMetricData.Stat(
            new Metric(MetricName.NAMESPACE, METRIC, table(table)), period, stat, null),
        null,
        null,
        null,
        null,
        null);
  }

  private static GetMetricData.Query expression(String id, String text, @Nullable String label) {
    return new GetMetricData.Query(id, null, text, label, null, null, null);
  }

  private GetMetricData.Response get(
      @Nullable Integer most, @Nullable String token, GetMetricData.Query... queries) {
    return metrics.getMetricData(
        CALLER,
        new GetMetricData.Request(
            List.of(queries),
            START,
            START.plusSeconds(600),
            token,
            "TimestampAscending",
            most,
            null));
  }

  @Test
  void valuesComeByPeriods() {
    GetMetricData.Result result =
        get(null, null, metric("m1", "orders", "Sum", 300)).results().getFirst();
    assertThat(result.timestamps()).containsExactly(START, START.plusSeconds(300));
    assertThat(result.values()).containsExactly(15.0, 40.0);
    assertThat(result.label()).isEqualTo(METRIC);
    assertThat(result.isComplete()).isTrue();
  }

  @Test
  void expressionsSeeMetricsAndEachOther() {
    GetMetricData.Response response =
        get(
            null,
            null,
            metric("m1", "orders", "Sum", 300),
            expression("e2", "e1 / 300", "per second"),
            metric("m2", "votes", "Sum", 300),
            expression("e1", "m1 + m2", "${LABEL}: ${MAX} at ${MAX_TIME}"));
    assertThat(response.results())
        .extracting(GetMetricData.Result::label)
        .containsExactly(
            "orders SystemErrors",
            "per second",
            "votes SystemErrors",
            "e1: 120 at 2026-11-29 12:05:00 +00:00");
    assertThat(response.results().get(1).values()).containsExactly(0.15, 0.4);
  }

  @Test
  void searchesFindMetrics() {
    GetMetricData.Response response =
        get(
            null,
            null,
            expression(
                "q",
                "SEARCH('{AWS/DynamoDB,TableName} MetricName=\"SystemErrors\"', 'Sum', 600)",
                "${PROP('Dim.TableName')}"));
    assertThat(response.results())
        .extracting(GetMetricData.Result::label)
        .containsExactly("orders", "votes");
    assertThat(response.results().getLast().values()).containsExactly(110.0);
  }

  /** Pages of any size have the same points. */
  @Test
  void pagesHaveAllPoints() {
    GetMetricData.Query[] queries = {
      metric("m1", "orders", "Sum", 60), metric("m2", "votes", "Sum", 60)
    };
    List<Double> whole = values(get(null, null, queries));
    assertThat(whole).hasSize(20);
    for (int size = 1; size < 22; size++) {
      List<Double> paged = new ArrayList<>();
      String token = null;
      do {
        GetMetricData.Response page = get(size, token, queries);
        assertThat(values(page)).hasSizeLessThanOrEqualTo(size);
        paged.addAll(values(page));
        token = page.nextToken().orElse(null);
      } while (token != null);
      assertThat(paged).isEqualTo(whole);
    }
  }

  private static List<Double> values(GetMetricData.Response response) {
    return response.results().stream().flatMap(each -> each.values().stream()).toList();
  }

  @Test
  void aTokenOfAnotherRequestIsRefused() {
    String token = get(1, null, metric("m1", "orders", "Sum", 60)).nextToken().orElseThrow();
    assertRefused(
        "InvalidNextToken: The next token is invalid.",
        () -> get(1, token, metric("m1", "votes", "Sum", 60)));
    assertRefused(
        "InvalidNextToken: The next token is invalid.",
        () -> get(1, "bm8=", metric("m1", "votes", "Sum", 60)));
  }

  @Test
  void allThatIsWrongIsReportedTogether() {
    assertRefused(
        """
        ValidationError: The value M1 for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.
        The value for parameter MetricDataQueries.member.1.MetricStat.Period is not valid.
        The value for parameter MetricDataQueries.member.1.MetricStat.Stat is not a valid statistic.
        MetricDataQueries.member.2.MetricStat.Stat: tm99 is not supported by this version of Ostraka.\
        """,
        () -> get(null, null, metric("M1", "a", "Median", 45), metric("m2", "a", "tm99", 60)));
    assertRefused(
        "ValidationError: The values for parameter Id in MetricDataQueries are not unique: m1",
        () -> get(null, null, metric("m1", "a", "Sum", 60), metric("m1", "a", "Sum", 60)));
  }

  @Test
  void expressionsThatFailAreNamed() {
    assertRefused(
        "ValidationError: Error in expression 'e1': Unknown id 'm7'",
        () -> get(null, null, expression("e1", "m7 * 2", null)));
    assertRefused(
        "ValidationError: Error in expression 'e1': The expression refers to itself by 'e1'",
        () -> get(null, null, expression("e1", "e1 * 2", null)));
    assertRefused(
        "ValidationError: Error in expression 'e1': The expression must return time series",
        () -> get(null, null, expression("e1", "1 + 1", null)));
  }

  /** A request cannot take all memory. */
  @Test
  void tooManyPointsAreRefused() {
    GetMetricData.Query series =
        new GetMetricData.Query(
            "e", null, "TIME_SERIES(1)" + "+TIME_SERIES(1)".repeat(60), null, null, 60, null);
    assertThatThrownBy(() ->
            metrics.getMetricData(
                CALLER,
                new GetMetricData.Request(
                    List.of(series),
                    Instant.EPOCH,
                    START.plusSeconds(600),
                    null,
                    null,
                    null,
                    null)))
        .isInstanceOf(CloudWatchException.class)
        .hasMessageContaining("more than 400,000 datapoints");
  }

  private GetMetricStatistics.Response statistics(Instant end, int period, String... words) {
    return metrics.getMetricStatistics(
        CALLER,
        new GetMetricStatistics.Request(
            MetricName.NAMESPACE,
            METRIC,
            table("orders"),
            START,
            end,
            period,
            List.of(words),
            List.of(),
            null));
  }

  @Test
  void statisticsOfOneMetric() {
    GetMetricStatistics.Response response =
        statistics(START.plusSeconds(600), 600, "Sum", "SampleCount", "Average");
    assertThat(response.label()).isEqualTo(METRIC);
    GetMetricStatistics.Datapoint only = response.datapoints().getFirst();
    assertThat(only.statistics())
        .containsEntry("Sum", 55.0)
        .containsEntry("SampleCount", 55.0)
        .containsEntry("Average", 1.0)
        .hasSize(3);
    assertThat(only.unit()).isEqualTo("Count");
  }

  /** cloud-custodian/cloud-custodian, issue 7683, quotes the service. */
  @Test
  void tooManyPeriodsAreRefused() {
    assertRefused(
        "InvalidParameterCombination: You have requested up to 86,400 datapoints, which exceeds the"
            + " limit of 1,440. You may reduce the datapoints requested by increasing Period, or"
            + " decreasing the time range.",
        () -> statistics(START.plusSeconds(86_400), 1, "Sum"));
    assertRefused(
        "MissingParameter: At least one of the parameters Statistics and ExtendedStatistics must be"
            + " specified.",
        () -> statistics(START.plusSeconds(600), 60));
  }

  @Test
  void metricsAreListedByTheirDimensions() {
    assertThat(list(new ListMetrics.Filter("TableName", null)).metrics()).hasSize(2);
    assertThat(list(new ListMetrics.Filter("TableName", "votes")).metrics())
        .containsExactly(new Metric(MetricName.NAMESPACE, METRIC, table("votes")));
    assertThat(list(new ListMetrics.Filter("Operation", null)).metrics()).isEmpty();
  }

  private ListMetrics.Response list(ListMetrics.Filter filter) {
    return metrics.listMetrics(
        CALLER,
        new ListMetrics.Request(
            MetricName.NAMESPACE, null, List.of(filter), null, "PT3H", null, null));
  }

  private static void assertRefused(String text, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(CloudWatchException.class).hasMessage(text);
  }
}
