package org.ostraka.engine.cloudwatch.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.Metric;

/** Expressions over two metrics: "Metric math syntax and functions" in the User Guide. */
final class MathExpressionTest {
  private static final Metric READS = metric("ConsumedReadCapacityUnits", "orders");
  private static final Metric WRITES = metric("ConsumedWriteCapacityUnits", "orders");

  private final Input input = new Input();

  private static Metric metric(String name, String table) {
    return new Metric("AWS/DynamoDB", name, List.of(new Dimension("TableName", table)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m1 + m2 * 2 | 0:21 60:42 120:-",
        "(m1 + m2) * 2 | 0:22 60:44 120:-",
        "-m1 ^ 2 | 0:-1 60:-4 120:-9",
        "2 ^ 3 ^ 2 + m1 * 0 | 0:512 60:512 120:512",
        "m1 / 60 | 0:0.016666666666666666 60:0.03333333333333333 120:0.05",
        "m1 / (m1 - 2) | 0:-1 60:- 120:3",
        "SUM([m1, m2]) | 0:11 60:22 120:3",
        "SUM(METRICS()) | 0:11 60:22 120:3",
        "SUM(METRICS('1')) | 0:1 60:2 120:3",
        "MAX([m1, 2]) | 0:2 60:2 120:3",
        "m1 - MIN(m1) | 0:0 60:1 120:2",
        "AVG([m1, m2]) | 0:5.5 60:11 120:3",
        "FILL(m2, 0) | 0:10 60:20 120:0",
        "FILL(m2, REPEAT) | error",
        "FILL(m2, 'REPEAT') | 0:10 60:20 120:20",
        "FILL(gap, 'LINEAR') | 0:1 60:2 120:3",
        "IF(m1 > 1, m2, 7) | 0:7 60:20 120:-",
        "IF(m1 >= 2, 1, 0) | 0:0 60:1 120:1",
        "IF(m1 == 3 OR m1 == 1, m1) | 0:1 60:- 120:3",
        "m1 > 1 AND m1 < 3 | 0:0 60:1 120:0",
        "m1 != 2 | 0:1 60:0 120:1",
        "RATE(m1) | 60:0.016666666666666666 120:0.016666666666666666",
        "DIFF(m1) | 60:1 120:1",
        "DIFF_TIME(gap) | 120:120",
        "RUNNING_SUM(m1) | 0:1 60:3 120:6",
        "CEIL(m1 / 2) | 0:1 60:1 120:2",
        "ABS(0 - m1) | 0:1 60:2 120:3",
        "m1 * PERIOD(m1) | 0:60 60:120 120:180",
        "m1 * DATAPOINT_COUNT(m2) | 0:2 60:4 120:6",
        "TIME_SERIES(5) | 0:5 60:5 120:5",
        "MINUTE(m1) | 0:0 60:1 120:2",
        "YEAR(m1) | 0:1970 60:1970 120:1970",
        "LAST(SORT([m1, m2], MAX, ASC)) | error",
        "LAST(SORT([m1, m2], 'MAX', 'ASC')) | 0:10 60:20 120:-",
        "FIRST(SLICE([m1, m2], 1, 2)) | 0:10 60:20 120:-",
        "e1 * 2 | 0:4 60:6 120:8",
        "TIME_SERIES(1 / 0) | 0:- 60:- 120:-",
        "FILL(m2, 0 / 0) | 0:10 60:20 120:-",
        "IF(m1 > 1, 1 / 0, 7) | 0:7 60:- 120:-",
        "SUM([m1 * 10 ^ 308, m1 * 10 ^ 308]) | 0:- 60:- 120:-",
      })
  void expressionsHaveTheseValues(String expression, String values) {
    if (values.equals("error")) {
      assertThatThrownBy(() -> evaluate(expression)).isInstanceOf(MathException.class);
      return;
    }
    String wanted = values.replaceAll(" ?\\d+:-(?= |$)", "").strip();
    assertThat(shown(evaluate(expression))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m1 + | The expression ends too early",
        "m1 m2 | Unexpected token 'm2'",
        "m9 | Unknown id 'm9'",
        "SUM(m1 | The expression ends too early",
        "m1 # 2 | Unexpected character at position 3",
        "FOO(m1) | Unknown function 'FOO'",
        "ANOMALY_DETECTION_BAND(m1) | The function ANOMALY_DETECTION_BAND is not supported by this"
            + " version of Ostraka",
        "METRICS() + METRICS() | Operators do not apply to two arrays",
        "SUM('a') | Argument 1 of SUM must be a time series",
        "IF(m1) | IF needs more arguments",
        "SELECT AVG(x) FROM y | Metrics Insights queries (SELECT) are not supported by this version"
            + " of Ostraka",
      })
  void whatCannotBeEvaluatedIsRefusedByName(String expression, String message) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOf(MathException.class)
        .hasMessage(message);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> evaluate("(".repeat(900) + "m1" + ")".repeat(900)))
        .isInstanceOf(MathException.class)
        .hasMessage("The expression is nested too deeply");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{AWS/DynamoDB,TableName} MetricName=\"ConsumedReadCapacityUnits\" | READS",
        "{\"AWS/DynamoDB\",\"TableName\"} Consumed | READS WRITES",
        "{AWS/DynamoDB,TableName,Operation} Consumed |",
        "{AWS/EC2,TableName} Consumed |",
        "orders read | READS",
        "Consumed NOT Write | READS",
        "MetricName=(\"ConsumedReadCapacityUnits\" OR \"ConsumedWriteCapacityUnits\") | READS"
            + " WRITES",
        "(read OR write) AND TableName=\"orders\" | READS WRITES",
        "TableName=\"order\" |",
        "TableName=order | READS WRITES",
      })
  void searchesFindTheseMetrics(String query, String found) {
    var wanted = MetricSearch.parse(query);
    String names =
        List.of(Map.entry("READS", READS), Map.entry("WRITES", WRITES)).stream()
            .filter(each -> wanted.test(each.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(" "));
    assertThat(names).isEqualTo(found == null ? "" : found);
  }

  private MathValue evaluate(String expression) {
    return MathExpression.parse(expression).value(input);
  }

  private static String shown(MathValue value) {
    return ((TimeSeries) value)
        .points().entrySet().stream()
            .map(point -> point.getKey() + ":" + plain(point.getValue()))
            .collect(Collectors.joining(" "));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** Three minutes of two metrics, the second of which has no third minute. */
  private static final class Input implements MathInput {
    private static TimeSeries series(Metric metric, double... values) {
      NavigableMap<Long, Double> points = new TreeMap<>();
      for (int i = 0; i < values.length; i++) {
        if (!Double.isNaN(values[i])) {
          points.put(i * 60L, values[i]);
        }
      }
      return new TimeSeries(metric.name(), Optional.of(metric), "Sum", 60, points);
    }

    @Override
    public MathValue of(String id) {
      return switch (id) {
        case "m1" -> series(READS, 1, 2, 3);
        case "m2" -> series(WRITES, 10, 20);
        case "gap" -> series(READS, 1, Double.NaN, 3);
        case "e1" -> MathExpression.parse("m1 + 1").value(this);
        default -> throw MathInput.unknown(id);
      };
    }

    @Override
    public List<TimeSeries> metrics(String partOfId) {
      return List.of("m1", "m2").stream()
          .filter(id -> id.contains(partOfId))
          .map(id -> (TimeSeries) of(id))
          .toList();
    }

    @Override
    public List<TimeSeries> search(String query, String stat, OptionalInt period) {
      return metrics("");
    }

    @Override
    public List<Long> times(int period) {
      return IntStream.range(0, 3).mapToObj(i -> i * 60L).toList();
    }

    @Override
    public int period() {
      return 60;
    }

    @Override
    public void enter() {}

    @Override
    public void leave() {}

    @Override
    public void spend(int points) {}
  }
}
