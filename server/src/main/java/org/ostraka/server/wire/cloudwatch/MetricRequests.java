package org.ostraka.server.wire.cloudwatch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.GetMetricData;
import org.ostraka.model.cloudwatch.GetMetricStatistics;
import org.ostraka.model.cloudwatch.ListMetrics;
import org.ostraka.model.cloudwatch.Metric;

/** Makes requests from documents. Stateless. */
final class MetricRequests {
  private MetricRequests() {}

  static GetMetricData.Request getMetricData(Document.Structure parameters) {
    Fields fields =
        Fields.of(
            parameters,
            "MetricDataQueries",
            "StartTime",
            "EndTime",
            "NextToken",
            "ScanBy",
            "MaxDatapoints",
            "LabelOptions");
    Fields label = fields.structure("LabelOptions", "Timezone");
    return new GetMetricData.Request(
        fields.structures(
            "MetricDataQueries",
            MetricRequests::query,
            "Id",
            "MetricStat",
            "Expression",
            "Label",
            "ReturnData",
            "Period",
            "AccountId"),
        fields.time("StartTime"),
        fields.time("EndTime"),
        fields.text("NextToken"),
        fields.text("ScanBy"),
        fields.integer("MaxDatapoints"),
        label == null ? null : label.text("Timezone"));
  }

  private static GetMetricData.Query query(Fields fields) {
    return new GetMetricData.Query(
        fields.text("Id"),
        stat(fields.structure("MetricStat", "Metric", "Period", "Stat", "Unit")),
        fields.text("Expression"),
        fields.text("Label"),
        fields.flag("ReturnData"),
        fields.integer("Period"),
        fields.text("AccountId"));
  }

  private static GetMetricData.@Nullable Stat stat(@Nullable Fields fields) {
    return fields == null
        ? null
        : new GetMetricData.Stat(
            metric(fields.structure("Metric", "Namespace", "MetricName", "Dimensions")),
            fields.integer("Period"),
            fields.text("Stat"),
            fields.text("Unit"));
  }

  private static @Nullable Metric metric(@Nullable Fields fields) {
    return fields == null
        ? null
        : new Metric(
            orEmpty(fields.text("Namespace")),
            orEmpty(fields.text("MetricName")),
            fields.structures("Dimensions", MetricRequests::dimension, "Name", "Value"));
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static Dimension dimension(Fields fields) {
    return new Dimension(orEmpty(fields.text("Name")), orEmpty(fields.text("Value")));
  }

  static GetMetricStatistics.Request getMetricStatistics(Document.Structure parameters) {
    Fields fields =
        Fields.of(
            parameters,
            "Namespace",
            "MetricName",
            "Dimensions",
            "StartTime",
            "EndTime",
            "Period",
            "Statistics",
            "ExtendedStatistics",
            "Unit");
    return new GetMetricStatistics.Request(
        fields.text("Namespace"),
        fields.text("MetricName"),
        fields.structures("Dimensions", MetricRequests::dimension, "Name", "Value"),
        fields.time("StartTime"),
        fields.time("EndTime"),
        fields.integer("Period"),
        fields.texts("Statistics"),
        fields.texts("ExtendedStatistics"),
        fields.text("Unit"));
  }

  static ListMetrics.Request listMetrics(Document.Structure parameters) {
    Fields fields =
        Fields.of(
            parameters,
            "Namespace",
            "MetricName",
            "Dimensions",
            "NextToken",
            "RecentlyActive",
            "IncludeLinkedAccounts",
            "OwningAccount");
    return new ListMetrics.Request(
        fields.text("Namespace"),
        fields.text("MetricName"),
        fields.structures(
            "Dimensions",
            filter -> new ListMetrics.Filter(filter.text("Name"), filter.text("Value")),
            "Name",
            "Value"),
        fields.text("NextToken"),
        fields.text("RecentlyActive"),
        fields.flag("IncludeLinkedAccounts"),
        fields.text("OwningAccount"));
  }
}
