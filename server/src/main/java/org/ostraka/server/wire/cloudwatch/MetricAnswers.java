package org.ostraka.server.wire.cloudwatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.ostraka.model.cloudwatch.GetMetricData;
import org.ostraka.model.cloudwatch.GetMetricStatistics;
import org.ostraka.model.cloudwatch.ListMetrics;
import org.ostraka.model.cloudwatch.Metric;

/** Makes documents from responses; the members have the order of the service's model. Stateless. */
final class MetricAnswers {
  private MetricAnswers() {}

  static Document.Structure of(GetMetricData.Response response) {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put(
        "MetricDataResults",
        new Document.Several(response.results().stream().map(MetricAnswers::result).toList()));
    response.nextToken().ifPresent(token -> members.put("NextToken", new Document.Text(token)));
    members.put("Messages", new Document.Several(List.of()));
    return new Document.Structure(members);
  }

  private static Document result(GetMetricData.Result result) {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put("Id", new Document.Text(result.id()));
    members.put("Label", new Document.Text(result.label()));
    members.put(
        "Timestamps",
        new Document.Several(result.timestamps().stream().map(Document.Time::new).toList()));
    members.put(
        "Values",
        new Document.Several(result.values().stream().map(Document.Numeric::new).toList()));
    members.put("StatusCode", new Document.Text(result.isComplete() ? "Complete" : "PartialData"));
    return new Document.Structure(members);
  }

  static Document.Structure of(GetMetricStatistics.Response response) {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put("Label", new Document.Text(response.label()));
    members.put(
        "Datapoints",
        new Document.Several(
            response.datapoints().stream().map(MetricAnswers::datapoint).toList()));
    return new Document.Structure(members);
  }

  private static Document datapoint(GetMetricStatistics.Datapoint datapoint) {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put("Timestamp", new Document.Time(datapoint.timestamp()));
    members.putAll(numbers(datapoint.statistics()));
    members.put("Unit", new Document.Text(datapoint.unit()));
    datapoint
        .percentiles()
        .ifPresent(
            values -> members.put("ExtendedStatistics", new Document.Entries(numbers(values))));
    return new Document.Structure(members);
  }

  private static SequencedMap<String, Document> numbers(Map<String, Double> values) {
    SequencedMap<String, Document> numbers = new LinkedHashMap<>();
    values.forEach((name, value) -> numbers.put(name, new Document.Numeric(value)));
    return numbers;
  }

  static Document.Structure of(ListMetrics.Response response) {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put(
        "Metrics",
        new Document.Several(response.metrics().stream().map(MetricAnswers::metric).toList()));
    response.nextToken().ifPresent(token -> members.put("NextToken", new Document.Text(token)));
    return new Document.Structure(members);
  }

  private static Document metric(Metric metric) {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put("Namespace", new Document.Text(metric.namespace()));
    members.put("MetricName", new Document.Text(metric.name()));
    members.put(
        "Dimensions",
        new Document.Several(
            metric.dimensions().stream()
                .map(dimension -> {
                  SequencedMap<String, Document> parts = new LinkedHashMap<>();
                  parts.put("Name", new Document.Text(dimension.name()));
                  parts.put("Value", new Document.Text(dimension.value()));
                  return new Document.Structure(parts);
                })
                .toList()));
    return new Document.Structure(members);
  }
}
