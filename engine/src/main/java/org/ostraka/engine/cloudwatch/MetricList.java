package org.ostraka.engine.cloudwatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.model.cloudwatch.ListMetrics;
import org.ostraka.model.cloudwatch.Metric;

/** The metrics that a request asks for. One thread. */
final class MetricList {
  static final Comparator<Metric> ORDER =
      Comparator.comparing(Metric::name).thenComparing(metric -> metric.dimensions().toString());

  /** The metrics of a page: ListMetrics. */
  private static final int PAGE = 500;

  private static final int MAX_FILTERS = 10;

  /** What has had values in the last three hours. */
  private static final String RECENTLY = "PT3H";

  private static final int RECENT_MINUTES = 3 * 60;

  private final ListMetrics.Request request;

  /**
   * Checks a request.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when it is not legal
   */
  MetricList(ListMetrics.Request request) {
    this.request = request;
    if (request.recentlyActive() != null && !request.recentlyActive().equals(RECENTLY)) {
      throw invalid("The value for parameter RecentlyActive is not valid.");
    }
    if (Boolean.TRUE.equals(request.includeLinkedAccounts())) {
      throw invalid("IncludeLinkedAccounts is not supported by this version of Ostraka.");
    }
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw invalid(String.join("\n", problems));
    }
    if (request.dimensions().stream().anyMatch(filter -> filter.name() == null)) {
      throw CloudWatchError.MISSING_PARAMETER.because("The parameter Name is required.");
    }
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    MetricLimits.addIfLongName(problems, request.namespace(), "Namespace");
    MetricLimits.addIfLongName(problems, request.metricName(), "MetricName");
    MetricLimits.addIfLongName(problems, request.owningAccount(), "OwningAccount");
    if (request.dimensions().size() > MAX_FILTERS) {
      problems.add(MetricLimits.tooMany("Dimensions", MAX_FILTERS));
    }
    for (int i = 0; i < request.dimensions().size(); i++) {
      ListMetrics.Filter filter = request.dimensions().get(i);
      MetricLimits.addOfDimension(problems, filter.name(), filter.value(), "", i);
    }
    return problems;
  }

  private static RuntimeException invalid(String text) {
    return CloudWatchError.INVALID_PARAMETER_VALUE.because(text);
  }

  /**
   * Returns a page.
   *
   * @param now the current minute
   */
  ListMetrics.Response of(MetricHistory history, Owner owner, long now) {
    long since = request.recentlyActive() == null ? 0 : now - RECENT_MINUTES;
    List<Metric> all =
        isOfOwner(owner)
            ? history.metrics(owner, since).stream().filter(this::isWanted).sorted(ORDER).toList()
            : List.of();
    int fingerprint =
        Objects.hash(
            owner, request.namespace(), request.metricName(), request.dimensions(), since == 0);
    int from =
        request.nextToken() == null
            ? 0
            : Math.min(all.size(), PageToken.of(request.nextToken(), fingerprint).place());
    int to = Math.min(all.size(), from + PAGE);
    return new ListMetrics.Response(
        all.subList(from, to),
        to == all.size()
            ? Optional.empty()
            : Optional.of(new PageToken(fingerprint, to, PageToken.FROM_THE_BEGINNING).text()));
  }

  private boolean isOfOwner(Owner owner) {
    return request.owningAccount() == null
        || request.owningAccount().equals(owner.account().value());
  }

  private boolean isWanted(Metric metric) {
    return (request.namespace() == null || request.namespace().equals(metric.namespace()))
        && (request.metricName() == null || request.metricName().equals(metric.name()))
        && request.dimensions().stream().allMatch(filter -> has(metric, filter));
  }

  private static boolean has(Metric metric, ListMetrics.Filter filter) {
    return metric
        .dimension(Objects.requireNonNull(filter.name()))
        .filter(value -> filter.value() == null || filter.value().equals(value))
        .isPresent();
  }
}
