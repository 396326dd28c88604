package org.ostraka.engine.cloudwatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ostraka.engine.cloudwatch.math.MathException;
import org.ostraka.engine.cloudwatch.math.MathExpression;
import org.ostraka.engine.cloudwatch.math.MathInput;
import org.ostraka.engine.cloudwatch.math.MathValue;
import org.ostraka.engine.cloudwatch.math.MetricSearch;
import org.ostraka.engine.cloudwatch.math.TimeSeries;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.model.cloudwatch.GetMetricData;
import org.ostraka.model.cloudwatch.Metric;

/** Evaluates one request for metric data, which was checked. One use, one thread. */
final class QueryEvaluation implements MathInput {
  /** The points that the evaluation of a request may make; each takes about 100 bytes. */
  private static final int MAX_POINTS = 400_000;

  /** The most metrics that a search finds: "CloudWatch search expression syntax". */
  private static final int MAX_FOUND = 500;

  /** The most levels of nesting, over all expressions that refer to each other. */
  private static final int MAX_DEPTH = 500;

  private final MetricHistory history;
  private final Owner owner;
  private final GetMetricData.Request request;
  private final long from;
  private final long before;
  private final long now;
  private final Map<String, GetMetricData.Query> queries = new HashMap<>();
  private final Map<String, MathValue> values = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private int points;
  private int depth;
  private int period;

  QueryEvaluation(MetricHistory history, Owner owner, GetMetricData.Request request, long now) {
    this.history = history;
    this.owner = owner;
    this.request = request;
    this.now = now;
    this.from = Periods.roundedDown(Objects.requireNonNull(request.startTime()).getEpochSecond());
    this.before = Objects.requireNonNull(request.endTime()).getEpochSecond();
    for (GetMetricData.Query query : request.queries()) {
      queries.put(id(query), query);
    }
    this.period = commonPeriod();
  }

  private static String id(GetMetricData.Query query) {
    return Objects.requireNonNull(query.id());
  }

  /** Returns the longest period of the metrics, which expressions have that state none. */
  private int commonPeriod() {
    return request.queries().stream()
        .map(GetMetricData.Query::stat)
        .filter(Objects::nonNull)
        .mapToInt(stat -> Objects.requireNonNull(stat.period()))
        .max()
        .orElse(Periods.MINUTE);
  }

  /** Returns the page that is asked for. */
  GetMetricData.Response page() {
    List<MetricPages.Asked> all = new ArrayList<>();
    for (GetMetricData.Query query : request.queries()) {
      List<TimeSeries> series = evaluated(query);
      if (!Boolean.FALSE.equals(query.returnData())) {
        series.forEach(each -> all.add(new MetricPages.Asked(query, each)));
      }
    }
    return new MetricPages(request, owner).page(all);
  }

  private List<TimeSeries> evaluated(GetMetricData.Query query) {
    try {
      return switch (of(id(query))) {
        case TimeSeries series -> List.of(query.stat() == null ? series.unnamed() : series);
        case MathValue.Several several -> several.series();
        case MathValue.Scalar _ when Boolean.FALSE.equals(query.returnData()) -> List.of();
        case MathValue.Scalar _, MathValue.Text _ -> throw MathInput.notSeries();
      };
    } catch (MathException wrong) {
      throw refusal(query, wrong.text());
    }
  }

  private static RuntimeException refusal(GetMetricData.Query query, String text) {
    return CloudWatchError.VALIDATION.because("Error in expression '" + id(query) + "': " + text);
  }

  @Override
  public MathValue of(String id) {
    MathValue known = values.get(id);
    if (known != null) {
      return known;
    }
    GetMetricData.Query query = queries.get(id);
    if (query == null) {
      throw MathInput.unknown(id);
    }
    if (!underWay.add(id)) {
      throw MathInput.circular(id);
    }
    MathValue value = query.stat() == null ? computed(query) : statistic(query.stat());
    underWay.remove(id);
    values.put(id, value);
    return value;
  }

  private MathValue computed(GetMetricData.Query query) {
    int outer = period;
    period = query.period() == null ? outer : query.period();
    MathValue value = MathExpression.parse(Objects.requireNonNull(query.expression())).value(this);
    period = outer;
    return value;
  }

  private TimeSeries statistic(GetMetricData.Stat stat) {
    return series(
        Objects.requireNonNull(stat.metric()),
        Objects.requireNonNull(stat.stat()),
        Objects.requireNonNull(stat.period()),
        Optional.ofNullable(stat.unit()));
  }

  private TimeSeries series(Metric metric, String stat, int seconds, Optional<String> unit) {
    NavigableMap<Long, Double> shown = new TreeMap<>();
    if (isOfUnit(metric, unit)) {
      Statistic statistic = Statistic.parse(stat).orElseThrow();
      history
          .samples(
              owner, metric, start(seconds), before, at -> Math.floorDiv(at, seconds) * seconds)
          .forEach((at, sample) -> statistic.of(sample).ifPresent(value -> shown.put(at, value)));
    }
    spend(shown.size());
    return new TimeSeries(metric.name(), Optional.of(metric), stat, seconds, shown);
  }

  /** Returns whether a metric's values have a unit; those of other units are not found. */
  static boolean isOfUnit(Metric metric, Optional<String> unit) {
    return unit.isEmpty()
        || MetricName.of(metric.name()).map(MetricName::unit).stream()
            .anyMatch(each -> each.word().equals(unit.get()));
  }

  private long start(int seconds) {
    return Math.floorDiv(from, seconds) * seconds;
  }

  @Override
  public List<TimeSeries> metrics(String partOfId) {
    List<TimeSeries> found = new ArrayList<>();
    for (GetMetricData.Query query : request.queries()) {
      if (query.stat() != null
          && id(query).contains(partOfId)
          && of(id(query)) instanceof TimeSeries series) {
        found.add(series);
      }
    }
    return found;
  }

  @Override
  public List<TimeSeries> search(String query, String stat, OptionalInt seconds) {
    if (Statistic.parse(stat).isEmpty()) {
      throw MathInput.notSupported("the statistic " + stat);
    }
    int step = seconds.orElse(period);
    if (!Periods.isLegal(step)) {
      throw MathInput.illegalPeriod(step);
    }
    Predicate<Metric> wanted = MetricSearch.parse(query);
    return history.metrics(owner, 0).stream()
        .filter(wanted)
        .sorted(MetricList.ORDER)
        .limit(MAX_FOUND)
        .map(metric -> series(metric, stat, step, Optional.empty()))
        .toList();
  }

  @Override
  public List<Long> times(int seconds) {
    int step = Math.max(seconds, Periods.MINUTE);
    long oldest = now - Series.KEPT_BY_HOUR * (long) Periods.MINUTE;
    List<Long> times = new ArrayList<>();
    long end = Math.min(before, now);
    for (long at = Math.floorDiv(Math.max(from, oldest), step) * step; at < end; at += step) {
      times.add(at);
    }
    spend(times.size());
    return times;
  }

  @Override
  public int period() {
    return period;
  }

  @Override
  public void enter() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw MathInput.tooDeep();
    }
  }

  @Override
  public void leave() {
    depth--;
  }

  @Override
  public void spend(int more) {
    points += more;
    if (points > MAX_POINTS) {
      throw CloudWatchError.VALIDATION.because(
          String.format(
              Locale.ROOT,
              "The request needs more than %,d datapoints. Increase Period or narrow the range.",
              MAX_POINTS));
    }
  }
}
