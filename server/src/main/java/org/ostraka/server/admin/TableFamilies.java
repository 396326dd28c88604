package org.ostraka.server.admin;

import io.prometheus.metrics.model.snapshots.Labels;
import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.metric.CaptureMetrics;
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.metric.Latencies;
import org.ostraka.engine.metric.OperationMetrics;
import org.ostraka.engine.metric.ResourceMetrics;
import org.ostraka.engine.metric.StreamMetrics;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.Traffic;

/**
 * The metrics of tables by CloudWatch's names and dimensions, in the style of Prometheus: "DynamoDB
 * metrics and dimensions" in the Developer Guide. One thread.
 */
final class TableFamilies {
  private static final String PREFIX = "dynamodb_";
  private static final String INDEX = "global_secondary_index_name";

  private static final double MILLIS_PER_SECOND = 1_000.0;

  private final Families families;
  private final InstantSource clock;

  TableFamilies(Families families, InstantSource clock) {
    this.families = families;
    this.clock = clock;
  }

  /** Adds the metrics of a table; nothing when it is gone. */
  void add(OpenTable table) {
    table.current().ifPresent(record -> add(record.description(), table.metrics()));
  }

  private void add(TableDescription table, TableMetrics metrics) {
    Labels labels = labels(table);
    addResource(labels, Optional.empty(), metrics.table());
    metrics.indexes().forEach((index, counted) -> addResource(labels, Optional.of(index), counted));
    addProvisioned(table, labels);
    metrics.operations().forEach((operation, counted) -> addOperation(labels, operation, counted));
    metrics.streams().forEach((label, counted) -> addStream(labels, label, counted));
    metrics.capture().ifPresent(counted -> addCapture(labels, counted));
    table.globalIndexes().forEach(index -> addBuild(labels, index, metrics));
    families.counter(
        PREFIX + "conditional_check_failed_requests",
        "Writes whose condition failed.",
        labels,
        metrics.failedConditions());
    families.counter(
        PREFIX + "transaction_conflict",
        "Requests for items that were refused because of a transaction.",
        labels,
        metrics.conflicts());
    families.counter(
        PREFIX + "time_to_live_deleted_item_count",
        "Items that were deleted because they had expired.",
        labels,
        metrics.expired());
  }

  private static Labels labels(TableDescription table) {
    return Labels.of(
        "account",
        table.arn().owner().account().value(),
        "region",
        table.arn().owner().region().value(),
        "table_name",
        table.name().value());
  }

  private void addProvisioned(TableDescription table, Labels labels) {
    if (table.billing().mode() == BillingMode.PROVISIONED) {
      addProvisioned(labels, "", table.throughput());
      for (GlobalIndex index : table.globalIndexes()) {
        addProvisioned(labels, index.name().value(), index.throughput());
      }
    }
  }

  private void addProvisioned(Labels ofTable, String index, ProvisionedThroughput throughput) {
    Labels labels = ofTable.add(INDEX, index);
    families.gauge(
        PREFIX + "provisioned_read_capacity_units",
        "Provisioned read capacity units a second.",
        labels,
        throughput.readUnits());
    families.gauge(
        PREFIX + "provisioned_write_capacity_units",
        "Provisioned write capacity units a second.",
        labels,
        throughput.writeUnits());
  }

  /** Adds what is consumed, and what there was no capacity for. */
  private void addResource(Labels ofTable, Optional<IndexName> index, ResourceMetrics resource) {
    Labels labels = ofTable.add(INDEX, index.map(IndexName::value).orElse(""));
    for (Traffic traffic : Traffic.values()) {
      String word = traffic == Traffic.READ ? "read" : "write";
      families.counter(
          PREFIX + "consumed_" + word + "_capacity_units",
          "Consumed " + word + " capacity units.",
          labels,
          resource.consumed(traffic).sum());
      for (Limit limit : Limit.values()) {
        families.counter(
            PREFIX + word + "_throttle_events",
            "Parts of requests for which there was no " + word + " capacity, refused or not.",
            labels.add("limit", word(limit)),
            resource.throttleEvents(traffic, limit));
      }
    }
  }

  private static String word(Limit limit) {
    return switch (limit) {
      case KEY_RANGE -> "key_range";
      case PROVISIONED -> "provisioned";
      case ACCOUNT -> "account";
      case ON_DEMAND_MAXIMUM -> "on_demand_maximum";
    };
  }

  /** Adds what was read of a stream. */
  private void addStream(Labels ofTable, String label, StreamMetrics counted) {
    Labels labels = ofTable.add("operation", "GetRecords").add("stream_label", label);
    addLatencies(labels, counted.latencies());
    families.counter(
        PREFIX + "returned_records_count",
        "Records that GetRecords returned.",
        labels,
        counted.records().sum());
    families.counter(
        PREFIX + "returned_bytes",
        "Sizes of the records that GetRecords returned.",
        labels,
        counted.bytes().sum());
  }

  /** Adds what is delivered to Kinesis data streams. */
  private void addCapture(Labels labels, CaptureMetrics counted) {
    families.counter(
        PREFIX + "consumed_change_data_capture_units",
        "Consumed change data capture units.",
        labels,
        counted.units().sum());
    families.counter(
        PREFIX + "throttled_put_record_count",
        "Records that a Kinesis data stream had no capacity for; they are sent again.",
        labels,
        counted.throttledRecords().sum());
    families.counter(
        PREFIX + "failed_to_replicate_record_count",
        "Records that a Kinesis data stream refuses.",
        labels,
        counted.failedRecords());
    counted
        .age(clock.instant())
        .ifPresent(age ->
            families.gauge(
                PREFIX + "age_of_oldest_unreplicated_record_seconds",
                "How long the oldest change waits that is not yet in the Kinesis data stream.",
                labels,
                age.toMillis() / MILLIS_PER_SECOND));
  }

  /** Adds what building an index has consumed and, while it is being built, how far it is. */
  private void addBuild(Labels ofTable, GlobalIndex index, TableMetrics metrics) {
    Labels labels = ofTable.add(INDEX, index.name().value());
    metrics
        .resource(Optional.of(index.name()))
        .build()
        .ifPresent(build -> {
          if (index.isBackfilling()) {
            families.gauge(
                PREFIX + "online_index_percentage_progress",
                "How far the building of the index has come, in percent.",
                labels,
                build.percentage());
          }
          families.counter(
              PREFIX + "online_index_consumed_write_capacity",
              "Write capacity units of the entries that building the index has added.",
              labels,
              build.consumedUnits().sum());
        });
  }

  private void addLatencies(Labels labels, Latencies latencies) {
    families.histogram(
        PREFIX + "successful_request_latency_seconds",
        "How long successful requests took.",
        labels,
        latencies);
  }

  private void addOperation(Labels ofTable, ItemOperation operation, OperationMetrics counted) {
    Labels labels = ofTable.add("operation", operation.word());
    addLatencies(labels, counted.latencies());
    families.counter(
        PREFIX + "throttled_requests",
        "Requests that were refused for lack of capacity.",
        labels,
        counted.throttledRequests());
    families.counter(
        PREFIX + "system_errors",
        "Requests that failed because the storage did.",
        labels,
        counted.systemErrors());
    if (counted.returnedItems().count() > 0) {
      families.counter(
          PREFIX + "returned_item_count",
          "Items that Query, Scan and SELECT returned.",
          labels,
          counted.returnedItems().sum());
    }
  }
}
