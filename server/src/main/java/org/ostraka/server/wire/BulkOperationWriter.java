package org.ostraka.server.wire;

import org.ostraka.model.BulkOperation;

/**
 * Writes bulk operations. Stateless.
 *
 * <p>The members and their order are those of the AWS SDK's model ({@code BulkOperationDescription}
 * in {@code @aws-sdk/client-dynamodb} 3.1169.0).
 */
final class BulkOperationWriter {
  private BulkOperationWriter() {}

  static void description(JsonOutput json, BulkOperation operation) {
    json.writeName("BulkOperationDescription").writeStartObject();
    json.writeStringProperty("BulkOperationArn", operation.arn().toString());
    json.writeStringProperty("BulkOperationStatus", operation.status().name());
    json.writeName("TableDetails").writeStartArray();
    json.writeStartObject();
    json.writeStringProperty("TableName", operation.arn().table().table().value());
    json.writeStringProperty("TableId", operation.tableId());
    json.writeEndObject();
    json.writeEndArray();
    json.writeStringProperty("ClientToken", operation.clientToken());
    String account = operation.arn().table().owner().account().toString();
    input(json, operation.input(), account);
    output(json, operation.output(), account);
    TableWriter.instant(json, "StartTime", operation.arn().started());
    operation.end().ifPresent(end -> TableWriter.instant(json, "EndTime", end));
    counts(json, operation);
    operation
        .failure()
        .ifPresent(failure -> {
          json.writeStringProperty("FailureCode", failure.code());
          json.writeStringProperty("FailureMessage", failure.message());
        });
    operation
        .maxWriteUnits()
        .ifPresent(units -> json.writeNumberProperty("MaxWriteRequestUnits", units));
    json.writeStringProperty("PerformanceTier", operation.tier().name());
    json.writeEndObject();
  }

  private static void input(JsonOutput json, BulkOperation.Input input, String account) {
    json.writeName("InputS3Configuration").writeStartObject();
    json.writeStringProperty("S3BucketOwner", input.owner().orElse(account));
    json.writeStringProperty("S3Bucket", input.bucket());
    input.prefix().ifPresent(prefix -> json.writeStringProperty("S3KeyPrefix", prefix));
    json.writeStringProperty("InputFormat", input.format().name());
    json.writeStringProperty("InputCompressionType", input.compression().name());
    json.writeEndObject();
  }

  private static void output(JsonOutput json, BulkOperation.Output output, String account) {
    json.writeName("OutputS3Configuration").writeStartObject();
    json.writeStringProperty("S3BucketOwner", output.owner().orElse(account));
    json.writeStringProperty("S3Bucket", output.bucket());
    output.prefix().ifPresent(prefix -> json.writeStringProperty("S3KeyPrefix", prefix));
    output
        .algorithm()
        .ifPresent(algorithm -> json.writeStringProperty("S3SseAlgorithm", algorithm));
    json.writeName("OutputType").writeStartArray();
    output.reports().forEach(report -> json.writeString(report.name()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void counts(JsonOutput json, BulkOperation operation) {
    BulkOperation.Counts counts = operation.counts();
    json.writeNumberProperty("ProcessedItemCount", counts.items());
    json.writeNumberProperty("ProcessedInputBytes", counts.readBytes());
    counts.totalBytes().ifPresent(bytes -> json.writeNumberProperty("TotalInputBytes", bytes));
    json.writeName("BulkOperationUsage").writeStartArray();
    json.writeStartObject();
    json.writeStringProperty("TableName", operation.arn().table().table().value());
    json.writeNumberProperty("BulkPutBytes", counts.writtenBytes());
    json.writeName("Table").writeStartObject();
    json.writeNumberProperty("BulkPutBytes", counts.writtenBytes());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeNumberProperty("FailedItemCount", counts.failed());
  }

  static void summary(JsonOutput json, BulkOperation operation) {
    json.writeStartObject();
    json.writeStringProperty("BulkOperationArn", operation.arn().toString());
    json.writeStringProperty("BulkOperationStatus", operation.status().name());
    TableWriter.instant(json, "StartTime", operation.arn().started());
    operation.end().ifPresent(end -> TableWriter.instant(json, "EndTime", end));
    json.writeEndObject();
  }
}
