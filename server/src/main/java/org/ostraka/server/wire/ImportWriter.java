package org.ostraka.server.wire;

import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;

/**
 * Writes imports. Stateless.
 *
 * <p>The members are those that findings IMPORT-003 and 004 of aws-controllers-k8s show (October
 * 2026).
 */
final class ImportWriter {
  private ImportWriter() {}

  static void description(JsonOutput json, ImportDescription description) {
    json.writeName("ImportTableDescription").writeStartObject();
    json.writeStringProperty("ImportArn", description.arn().toString());
    json.writeStringProperty("ImportStatus", description.status().name());
    json.writeStringProperty("TableArn", description.table().arn().toString());
    json.writeStringProperty("TableId", description.table().id().toString());
    json.writeStringProperty("ClientToken", description.clientToken());
    source(json, description);
    json.writeNumberProperty("ErrorCount", description.counts().errors());
    logGroup(json, description.table().arn());
    json.writeStringProperty("InputFormat", description.format().name());
    description.csv().ifPresent(csv -> options(json, csv));
    json.writeStringProperty("InputCompressionType", description.compression().name());
    table(json, description.table());
    TableWriter.instant(json, "StartTime", description.arn().started());
    description.end().ifPresent(end -> TableWriter.instant(json, "EndTime", end));
    json.writeNumberProperty("ProcessedSizeBytes", description.counts().bytes());
    json.writeNumberProperty("ProcessedItemCount", description.counts().processed());
    json.writeNumberProperty("ImportedItemCount", description.counts().imported());
    description
        .failure()
        .ifPresent(failure -> {
          json.writeStringProperty("FailureCode", failure.code());
          json.writeStringProperty("FailureMessage", failure.message());
        });
    json.writeEndObject();
  }

  private static void source(JsonOutput json, ImportDescription description) {
    ImportDescription.Source source = description.source();
    String account = description.table().arn().owner().account().toString();
    json.writeName("S3BucketSource").writeStartObject();
    json.writeStringProperty("S3BucketOwner", source.owner().orElse(account));
    json.writeStringProperty("S3Bucket", source.bucket());
    source.prefix().ifPresent(prefix -> json.writeStringProperty("S3KeyPrefix", prefix));
    json.writeEndObject();
  }

  private static void logGroup(JsonOutput json, TableArn table) {
    json.writeStringProperty(
        "CloudWatchLogGroupArn",
        "arn:aws:logs:"
            + table.owner().region()
            + ":"
            + table.owner().account()
            + ":log-group:/aws-dynamodb/imports:*");
  }

  private static void options(JsonOutput json, ImportDescription.Csv csv) {
    json.writeName("InputFormatOptions").writeStartObject();
    json.writeName("Csv").writeStartObject();
    csv.delimiter().ifPresent(delimiter -> json.writeStringProperty("Delimiter", delimiter));
    if (!csv.header().isEmpty()) {
      json.writeName("HeaderList").writeStartArray();
      csv.header().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void table(JsonOutput json, TableDescription table) {
    json.writeName("TableCreationParameters").writeStartObject();
    json.writeStringProperty("TableName", table.name().value());
    TableWriter.definitions(json, table);
    TableWriter.keySchema(json, table.key());
    json.writeStringProperty("BillingMode", table.billing().mode().name());
    boolean isProvisioned = table.billing().mode() == BillingMode.PROVISIONED;
    if (isProvisioned) {
      throughput(json, table.throughput());
    }
    TableWriter.onDemand(json, table.onDemandThroughput());
    if (!table.globalIndexes().isEmpty()) {
      json.writeName("GlobalSecondaryIndexes").writeStartArray();
      for (GlobalIndex index : table.globalIndexes()) {
        json.writeStartObject();
        TableWriter.indexKey(json, index);
        if (isProvisioned) {
          throughput(json, index.throughput());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void throughput(JsonOutput json, ProvisionedThroughput units) {
    json.writeName("ProvisionedThroughput").writeStartObject();
    json.writeNumberProperty("ReadCapacityUnits", units.readUnits());
    json.writeNumberProperty("WriteCapacityUnits", units.writeUnits());
    json.writeEndObject();
  }

  static void summary(JsonOutput json, ImportDescription description) {
    json.writeStartObject();
    json.writeStringProperty("ImportArn", description.arn().toString());
    json.writeStringProperty("ImportStatus", description.status().name());
    json.writeStringProperty("TableArn", description.table().arn().toString());
    source(json, description);
    logGroup(json, description.table().arn());
    json.writeStringProperty("InputFormat", description.format().name());
    TableWriter.instant(json, "StartTime", description.arn().started());
    description.end().ifPresent(end -> TableWriter.instant(json, "EndTime", end));
    json.writeEndObject();
  }
}
