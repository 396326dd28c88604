package org.ostraka.engine.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
import org.ostraka.model.cloudwatch.Metric;
import org.ostraka.testkit.clock.ManualClock;

/** A small request for metric data cannot take all memory or all stack. */
final class QueryLimitsTest {
  private static final Owner OWNER =
      new Owner(new AccountId("123456789012"), new Region("us-east-1"));
  private static final Caller CALLER =
      new Caller(new Principal.Root(OWNER.account(), "AKID"), OWNER);
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

  private final ManualClock clock = new ManualClock(START.plusSeconds(600));
  private final CloudWatch metrics =
      new CloudWatch(new MetricHistory(List.of(), clock, 1 << 20), clock, Permissions.ALL);

  /** Returns a query of a metric that has no points. */
  private static GetMetricData.Query metric(Metric metric, @Nullable String label) {
    return new GetMetricData.Query(
        "m", new GetMetricData.Stat(metric, 60, "Sum", null), null, label, null, null, null);
  }

  private static GetMetricData.Query metric() {
    return metric(new Metric(MetricName.NAMESPACE, "SystemErrors", List.of()), null);
  }

  private static GetMetricData.Query expression(String id, String text) {
    return new GetMetricData.Query(id, null, text, null, null, null, null);
  }

  private GetMetricData.Response get(@Nullable String token, List<GetMetricData.Query> queries) {
    return metrics.getMetricData(
        CALLER,
        new GetMetricData.Request(queries, START, START.plusSeconds(600), token, null, null, null));
  }

  private void assertRefused(String text, GetMetricData.Query... queries) {
    assertThatThrownBy(() -> get(null, List.of(queries)))
        .isInstanceOf(CloudWatchException.class)
        .hasMessage(text);
  }

  private static String array(String id, int size) {
    return "[" + String.join(",", Collections.nCopies(size, id)) + "]";
  }

  /** Arrays of arrays would have 314 million series after three queries. */
  @Test
  void anArrayHasFewSeries() {
    String tooMany =
        "ValidationError: Error in expression 'e': An array has more than 500 time series";
    assertRefused(tooMany, expression("e", array("m", 501)), metric());
    assertRefused(
        tooMany, expression("e", array("e1", 251)), expression("e1", array("m", 2)), metric());
    assertThat(get(null, List.of(expression("e", array("m", 500)), metric())).results())
        .hasSize(501);
  }

  @Test
  void seriesWithoutPointsAreCounted() {
    List<GetMetricData.Query> queries = new ArrayList<>(List.of(metric()));
    for (int i = 1; i < 500; i++) {
      queries.add(expression("e" + i, array("m", 500)));
    }
    assertThatThrownBy(() -> get(null, queries))
        .isInstanceOf(CloudWatchException.class)
        .hasMessageContaining("more than 400,000 datapoints");
  }

  @Test
  void aPageHasFewSeries() {
    List<GetMetricData.Query> queries = new ArrayList<>(List.of(metric()));
    for (int i = 1; i <= 11; i++) {
      queries.add(expression("e" + i, array("m", 500)));
    }
    GetMetricData.Response first = get(null, queries);
    assertThat(first.results()).hasSize(MetricPages.MAX_SERIES);
    GetMetricData.Response second = get(first.nextToken().orElseThrow(), queries);
    assertThat(second.results()).hasSize(501);
    assertThat(second.nextToken()).isEmpty();
  }

  /** Each of 400 expressions is 500 levels deep and refers to the next one in the deepest. */
  @Test
  void expressionsThatReferToEachOtherAreNotDeep() {
    List<GetMetricData.Query> queries = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      queries.add(expression("e" + i, "e" + (i + 1) + "+1".repeat(498)));
    }
    queries.add(expression("e400", "TIME_SERIES(1)"));
    assertThatThrownBy(() -> get(null, queries))
        .isInstanceOf(CloudWatchException.class)
        .hasMessage(
            "ValidationError: Error in expression 'e0': The expressions are nested too deeply");
    assertThat(get(null, queries.subList(400, 401)).results()).hasSize(1);
    assertThat(get(null, List.of(expression("e", "TIME_SERIES(1)" + "+1".repeat(400)))).results())
        .hasSize(1);
  }

  /** 4294967295 is -1 without its sign. */
  @Test
  void aForgedPlaceIsRefused() {
    List<GetMetricData.Query> queries = new ArrayList<>(List.of(metric()));
    for (int i = 1; i <= 10; i++) {
      queries.add(expression("e" + i, array("m", 500)));
    }
    String token = get(null, queries).nextToken().orElseThrow();
    String[] parts =
        new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII).split(":", -1);
    for (String place : List.of("-1", "4294967295")) {
      parts[2] = place;
      String forged =
          Base64.getEncoder()
              .encodeToString(String.join(":", parts).getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> get(forged, queries))
          .isInstanceOf(CloudWatchException.class)
          .hasMessage("InvalidNextToken: The next token is invalid.");
    }
  }

  /** LeonAdato/xk6-output-statsd, issue 8, quotes the service; lengths: Metric, Dimension. */
  @Test
  void namesAreShort() {
    Metric longest =
        new Metric(
            "n".repeat(255),
            "m".repeat(255),
            List.of(new Dimension("d".repeat(255), "v".repeat(1_024))));
    assertThat(get(null, List.of(metric(longest, "l".repeat(2_048)))).results()).hasSize(1);
    Metric tooLong =
        new Metric(
            "n".repeat(256),
            "m".repeat(256),
            List.of(new Dimension("d".repeat(256), "v".repeat(1_025))));
    assertRefused(
        """
        ValidationError: The parameter MetricDataQueries.member.1.MetricStat.Metric.Namespace must be shorter than 256 characters.
        The parameter MetricDataQueries.member.1.MetricStat.Metric.MetricName must be shorter than 256 characters.
        The parameter MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name must be shorter than 256 characters.
        The parameter MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value must be shorter than 1025 characters.
        The parameter MetricDataQueries.member.1.Label must be shorter than 2049 characters.\
        """,
        metric(tooLong, "l".repeat(2_049)));
  }

  @Test
  void finishedLabelsAreShort() {
    Metric metric = new Metric("n", "m", List.of(new Dimension("d", "v".repeat(1_024))));
    assertThat(get(null, List.of(metric(metric, "${PROP('Dim.d')}".repeat(2)))).results())
        .extracting(GetMetricData.Result::label)
        .containsExactly("v".repeat(2_048));
    assertRefused(
        "ValidationError: A label with its values must be shorter than 2049 characters.",
        metric(metric, "${PROP('Dim.d')}".repeat(3)));
  }
}
