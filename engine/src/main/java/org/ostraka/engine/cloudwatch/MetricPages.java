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
  record Shown(GetMetricData.Query query, TimeSeries series) {}

  /** Returns the page that the request's token begins: as many points as the request allows. */
  GetMetricData.Response page(List<Shown> all) {
    int room = Objects.requireNonNullElse(request.maxDatapoints(), QueryCheck.MAX_DATAPOINTS);
    PageToken start =
        request.nextToken() == null
            ? new PageToken(fingerprint(), 0, PageToken.WHOLE)
            : PageToken.of(request.nextToken(), fingerprint());
    List<GetMetricData.Result> results = new ArrayList<>();
    Set<String> doubled = doubledNames(all);
    for (int i = start.place(); i < all.size(); i++) {
      NavigableMap<Long, Double> left =
          rest(all.get(i).series().points(), i == start.place() ? start.second() : PageToken.WHOLE);
      if ((room == 0 && !left.isEmpty()) || results.size() == MAX_SERIES) {
        return response(results, new PageToken(fingerprint(), i, PageToken.WHOLE));
      }
      List<Long> times = left.keySet().stream().limit(room).toList();
      room -= times.size();
      boolean isComplete = times.size() == left.size();
      results.add(result(all.get(i), times, isComplete, doubled));
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
    return after == PageToken.WHOLE ? ordered : ordered.tailMap(after, false);
  }

  private GetMetricData.Result result(
      Shown shown, List<Long> times, boolean isComplete, Set<String> doubled) {
    NavigableMap<Long, Double> points = shown.series().points();
    return new GetMetricData.Result(
        Objects.requireNonNull(shown.query().id()),
        label(shown, doubled),
        times.stream().map(Instant::ofEpochSecond).toList(),
        times.stream().map(points::get).toList(),
        isComplete);
  }

  private String label(Shown shown, Set<String> doubled) {
    String own = defaultLabel(shown, doubled);
    String wanted = shown.query().label();
    return wanted == null || wanted.isEmpty()
        ? DynamicLabel.requireShort(own)
        : new DynamicLabel(own, shown.series(), owner, request.timezone()).of(wanted);
  }

  /** Returns the metric's name, before it the values of dimensions when others have the name. */
  private static String defaultLabel(Shown shown, Set<String> doubled) {
    Optional<Metric> metric = shown.series().metric();
    if (metric.isEmpty()) {
      return Objects.requireNonNull(shown.query().id());
    }
    String name = metric.get().name();
    return doubled.contains(name)
        ? metric.get().dimensions().stream()
            .map(Dimension::value)
            .collect(Collectors.joining(" ", "", " " + name))
        : name;
  }

  private static Set<String> doubledNames(List<Shown> all) {
    Map<String, Set<Metric>> byName =
        all.stream()
            .flatMap(each -> each.series().metric().stream())
            .collect(Collectors.groupingBy(Metric::name, Collectors.toSet()));
    Set<String> doubled = new HashSet<>();
    byName.forEach((name, metrics) -> {
      if (metrics.size() > 1) {
        doubled.add(name);
      }
    });
    return doubled;
  }

  /** Returns what tells the request from others. */
  private int fingerprint() {
    return Objects.hash(
        owner, request.queries(), request.startTime(), request.endTime(), request.scanBy());
  }
}
