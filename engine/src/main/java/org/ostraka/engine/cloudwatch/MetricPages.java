package org.ostraka.engine.cloudwatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.engine.cloudwatch.math.TimeSeries;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.GetMetricData;
import org.ostraka.model.cloudwatch.Metric;

/** Pages of metric data, with their labels. One use, one thread. */
final class MetricPages {
  /** The most series of a page, which bounds an answer of series without points. */
  static final int MAX_SERIES = 5_000;

  private final GetMetricData.Request request;
  private final Owner owner;
  private final boolean ascends;

  MetricPages(GetMetricData.Request request, Owner owner) {
    this.request = request;
    this.owner = owner;
    this.ascends = "TimestampAscending".equals(request.scanBy());
  }

  /** A series, and the query that asks for it. */
  record Asked(GetMetricData.Query query, TimeSeries series) {}

  /** Returns the page that the request's token begins: as many points as the request allows. */
  GetMetricData.Response page(List<Asked> all) {
    int room = Objects.requireNonNullElse(request.maxDatapoints(), QueryCheck.MAX_DATAPOINTS);
    PageToken start =
        request.nextToken() == null
            ? new PageToken(fingerprint(), 0, PageToken.FROM_THE_BEGINNING)
            : PageToken.of(request.nextToken(), fingerprint());
    List<GetMetricData.Result> results = new ArrayList<>();
    Set<String> namesOfSeveral = namesOfSeveral(all);
    for (int i = start.place(); i < all.size(); i++) {
      NavigableMap<Long, Double> left =
          rest(
              all.get(i).series().points(),
              i == start.place() ? start.second() : PageToken.FROM_THE_BEGINNING);
      if ((room == 0 && !left.isEmpty()) || results.size() == MAX_SERIES) {
        return response(results, new PageToken(fingerprint(), i, PageToken.FROM_THE_BEGINNING));
      }
      List<Long> times = left.keySet().stream().limit(room).toList();
      room -= times.size();
      boolean isComplete = times.size() == left.size();
      results.add(result(all.get(i), times, isComplete, namesOfSeveral));
      if (!isComplete) {
        return response(results, new PageToken(fingerprint(), i, times.getLast()));
      }
    }
    return new GetMetricData.Response(results, Optional.empty());
  }

  private static GetMetricData.Response response(
      List<GetMetricData.Result> results, PageToken next) {
    return new GetMetricData.Response(results, Optional.of(next.text()));
  }

  /** Returns the points after a second, in the order of the request. */
  private NavigableMap<Long, Double> rest(NavigableMap<Long, Double> points, long after) {
    NavigableMap<Long, Double> ordered = ascends ? points : points.descendingMap();
    return after == PageToken.FROM_THE_BEGINNING ? ordered : ordered.tailMap(after, false);
  }

  private GetMetricData.Result result(
      Asked asked, List<Long> times, boolean isComplete, Set<String> namesOfSeveral) {
    NavigableMap<Long, Double> points = asked.series().points();
    return new GetMetricData.Result(
        Objects.requireNonNull(asked.query().id()),
        label(asked, namesOfSeveral),
        times.stream().map(Instant::ofEpochSecond).toList(),
        times.stream().map(points::get).toList(),
        isComplete);
  }

  private String label(Asked asked, Set<String> namesOfSeveral) {
    String own = defaultLabel(asked, namesOfSeveral);
    String wanted = asked.query().label();
    return wanted == null || wanted.isEmpty()
        ? DynamicLabel.requireShort(own)
        : new DynamicLabel(own, asked.series(), owner, request.timezone()).of(wanted);
  }

  /** Returns the metric's name, before it the values of dimensions when others have the name. */
  private static String defaultLabel(Asked asked, Set<String> namesOfSeveral) {
    Optional<Metric> metric = asked.series().metric();
    if (metric.isEmpty()) {
      return Objects.requireNonNull(asked.query().id());
    }
    String name = metric.get().name();
    return namesOfSeveral.contains(name)
        ? metric.get().dimensions().stream()
            .map(Dimension::value)
            .collect(Collectors.joining(" ", "", " " + name))
        : name;
  }

  private static Set<String> namesOfSeveral(List<Asked> all) {
    Map<String, Set<Metric>> byName =
        all.stream()
            .flatMap(each -> each.series().metric().stream())
            .collect(Collectors.groupingBy(Metric::name, Collectors.toSet()));
    Set<String> namesOfSeveral = new HashSet<>();
    byName.forEach((name, metrics) -> {
      if (metrics.size() > 1) {
        namesOfSeveral.add(name);
      }
    });
    return namesOfSeveral;
  }

  /** Returns what tells the request from others. */
  private int fingerprint() {
    return Objects.hash(
        owner, request.queries(), request.startTime(), request.endTime(), request.scanBy());
  }
}
