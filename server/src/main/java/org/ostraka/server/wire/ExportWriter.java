package org.ostraka.server.wire;

import org.ostraka.model.ExportDescription;
import org.ostraka.model.ExportFilter;
import org.ostraka.model.Item;
import org.ostraka.model.TransferStatus;

/**
 * Writes exports. Stateless.
 *
 * <p>The members are those that findings EXPORT-008, 016 and 017 of aws-controllers-k8s show
 * (October 2026): ExportType is absent for a whole table.
 */
final class ExportWriter {
  private ExportWriter() {}

  static void description(JsonOutput json, ExportDescription export) {
    json.writeName("ExportDescription").writeStartObject();
    json.writeStringProperty("ExportArn", export.arn().toString());
    json.writeStringProperty("ExportStatus", export.status().name());
    TableWriter.instant(json, "StartTime", export.arn().started());
    export.end().ifPresent(end -> TableWriter.instant(json, "EndTime", end));
    if (export.status() == TransferStatus.COMPLETED) {
      json.writeStringProperty("ExportManifest", export.manifest());
    }
    json.writeStringProperty("TableArn", export.arn().table().toString());
    json.writeStringProperty("TableId", export.tableId());
    TableWriter.instant(json, "ExportTime", export.exportTime());
    json.writeStringProperty("ClientToken", export.clientToken());
    destination(json, export.destination());
    export
        .failure()
        .ifPresent(failure -> {
          json.writeStringProperty("FailureCode", failure.code());
          json.writeStringProperty("FailureMessage", failure.message());
        });
    json.writeStringProperty("ExportFormat", export.format().name());
    export
        .result()
        .ifPresent(result -> {
          json.writeNumberProperty("BilledSizeBytes", result.billedSizeBytes());
          json.writeNumberProperty("ItemCount", result.itemCount());
        });
    export.increment().ifPresent(increment -> increment(json, increment));
    export.filter().ifPresent(filter -> filter(json, filter));
    json.writeEndObject();
  }

  private static void destination(JsonOutput json, ExportDescription.Destination destination) {
    json.writeStringProperty("DestinationType", "S3");
    json.writeStringProperty("S3Bucket", destination.bucket());
    destination.owner().ifPresent(owner -> json.writeStringProperty("S3BucketOwner", owner));
    destination.prefix().ifPresent(prefix -> json.writeStringProperty("S3Prefix", prefix));
    json.writeStringProperty("S3SseAlgorithm", "AES256");
  }

  private static void increment(JsonOutput json, ExportDescription.Increment increment) {
    json.writeStringProperty("ExportType", "INCREMENTAL_EXPORT");
    json.writeName("IncrementalExportSpecification").writeStartObject();
    TableWriter.instant(json, "ExportFromTime", increment.from());
    TableWriter.instant(json, "ExportToTime", increment.to());
    json.writeStringProperty("ExportViewType", increment.view().name());
    json.writeEndObject();
  }

  private static void filter(JsonOutput json, ExportFilter filter) {
    json.writeName("FilterSpecification").writeStartObject();
    filter.filter().ifPresent(text -> json.writeStringProperty("FilterExpression", text));
    filter.projection().ifPresent(text -> json.writeStringProperty("ProjectionExpression", text));
    filter
        .keyCondition()
        .ifPresent(text -> json.writeStringProperty("KeyConditionExpression", text));
    filter
        .names()
        .ifPresent(names -> {
          json.writeName("ExpressionAttributeNames").writeStartObject();
          names.forEach(json::writeStringProperty);
          json.writeEndObject();
        });
    filter
        .values()
        .ifPresent(
            values -> AttributeWriter.item(json, "ExpressionAttributeValues", new Item(values)));
    json.writeEndObject();
  }

  static void summary(JsonOutput json, ExportDescription export) {
    json.writeStartObject();
    json.writeStringProperty("ExportArn", export.arn().toString());
    json.writeStringProperty("ExportStatus", export.status().name());
    json.writeStringProperty(
        "ExportType", export.increment().isPresent() ? "INCREMENTAL_EXPORT" : "FULL_EXPORT");
    json.writeEndObject();
  }
}
