package org.ostraka.engine.cloudwatch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.metric.CaptureMetrics;
import org.ostraka.engine.metric.IndexBuildMetrics;
import org.ostraka.engine.metric.OperationMetrics;
import org.ostraka.engine.metric.ResourceMetrics;
import org.ostraka.engine.metric.StreamMetrics;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.Traffic;
import org.ostraka.model.cloudwatch.Dimension;

/** Reads the counters of tables. Any thread. */
public final class TableReadings implements MetricReadings.Source {
  private static final String TABLE = "TableName";
  private static final String INDEX = "GlobalSecondaryIndexName";
  private static final String OPERATION = "Operation";
  private static final String STREAM = "StreamLabel";
  private static final String DELEGATED = "DelegatedOperation";

  /** The service's documents name the operation in words only, so this word is ours. */
  private static final String CAPTURE = "ChangeDataCaptureForKinesisDataStreams";

  private final Supplier<List<OpenTable>> tables;
  private final InstantSource clock;

  /**
   * Makes the source.
   *
   * @param tables returns the tables that there are
   */
  public TableReadings(Supplier<List<OpenTable>> tables, InstantSource clock) {
    this.tables = tables;
    this.clock = clock;
  }

  @Override
  public void read(MetricReadings readings) {
    for (OpenTable table : tables.get()) {
      table
          .current()
          .map(TableRecord::description)
          .ifPresent(described ->
              new OfTable(readings, described, table.metrics(), clock.instant()).read());
    }
  }

  private record OfTable(
      MetricReadings readings, TableDescription table, TableMetrics metrics, Instant now) {
    void read() {
      List<Dimension> dimensions = dimensions();
      resource(dimensions, metrics.table());
      metrics
          .indexes()
          .forEach((index, counted) -> {
            List<Dimension> ofIndex = dimensions(INDEX, index.value());
            resource(ofIndex, counted);
            counted.build().ifPresent(build -> building(ofIndex, build));
          });
      if (table.billing().mode() == BillingMode.PROVISIONED) {
        provisioned(dimensions, table.throughput());
        table
            .globalIndexes()
            .forEach(
                index -> provisioned(dimensions(INDEX, index.name().value()), index.throughput()));
      }
      metrics
          .operations()
          .forEach(
              (operation, counted) -> operation(dimensions(OPERATION, operation.word()), counted));
      metrics.streams().forEach(this::stream);
      metrics.capture().ifPresent(this::capture);
      events(MetricName.CONDITIONAL_CHECK_FAILED_REQUESTS, dimensions, metrics.failedConditions());
      events(MetricName.TRANSACTION_CONFLICT, dimensions, metrics.conflicts());
      events(MetricName.TIME_TO_LIVE_DELETED_ITEM_COUNT, dimensions, metrics.expired());
    }

    private void resource(List<Dimension> dimensions, ResourceMetrics resource) {
      readings.tally(
          metrics,
          owner(),
          MetricName.CONSUMED_READ_CAPACITY_UNITS,
          dimensions,
          resource.consumed(Traffic.READ));
      readings.tally(
          metrics,
          owner(),
          MetricName.CONSUMED_WRITE_CAPACITY_UNITS,
          dimensions,
          resource.consumed(Traffic.WRITE));
      for (Traffic traffic : Traffic.values()) {
        long all = 0;
        for (Limit limit : Limit.values()) {
          long events = resource.throttleEvents(traffic, limit);
          events(throttled(traffic, limit), dimensions, events);
          all += events;
        }
        boolean isRead = traffic == Traffic.READ;
        events(
            isRead ? MetricName.READ_THROTTLE_EVENTS : MetricName.WRITE_THROTTLE_EVENTS,
            dimensions,
            all);
      }
    }

    private static MetricName throttled(Traffic traffic, Limit limit) {
      boolean isRead = traffic == Traffic.READ;
      return switch (limit) {
        case KEY_RANGE ->
            isRead
                ? MetricName.READ_KEY_RANGE_THROUGHPUT_THROTTLE_EVENTS
                : MetricName.WRITE_KEY_RANGE_THROUGHPUT_THROTTLE_EVENTS;
        case PROVISIONED ->
            isRead
                ? MetricName.READ_PROVISIONED_THROUGHPUT_THROTTLE_EVENTS
                : MetricName.WRITE_PROVISIONED_THROUGHPUT_THROTTLE_EVENTS;
        case ACCOUNT ->
            isRead
                ? MetricName.READ_ACCOUNT_LIMIT_THROTTLE_EVENTS
                : MetricName.WRITE_ACCOUNT_LIMIT_THROTTLE_EVENTS;
        case ON_DEMAND_MAXIMUM ->
            isRead
                ? MetricName.READ_MAX_ON_DEMAND_THROUGHPUT_THROTTLE_EVENTS
                : MetricName.WRITE_MAX_ON_DEMAND_THROUGHPUT_THROTTLE_EVENTS;
      };
    }

    private void provisioned(List<Dimension> dimensions, ProvisionedThroughput units) {
      readings.level(
          owner(),
          MetricName.PROVISIONED_READ_CAPACITY_UNITS,
          dimensions,
          (double) units.readUnits());
      readings.level(
          owner(),
          MetricName.PROVISIONED_WRITE_CAPACITY_UNITS,
          dimensions,
          (double) units.writeUnits());
    }

    private void operation(List<Dimension> dimensions, OperationMetrics counted) {
      readings.latencies(
          metrics, owner(), MetricName.SUCCESSFUL_REQUEST_LATENCY, dimensions, counted.latencies());
      readings.tally(
          metrics, owner(), MetricName.RETURNED_ITEM_COUNT, dimensions, counted.returnedItems());
      events(MetricName.THROTTLED_REQUESTS, dimensions, counted.throttledRequests());
      events(MetricName.SYSTEM_ERRORS, dimensions, counted.systemErrors());
    }

    private void stream(String label, StreamMetrics counted) {
      List<Dimension> dimensions = dimensions(OPERATION, "GetRecords", STREAM, label);
      readings.latencies(
          metrics, owner(), MetricName.SUCCESSFUL_REQUEST_LATENCY, dimensions, counted.latencies());
      readings.tally(
          metrics, owner(), MetricName.RETURNED_RECORDS_COUNT, dimensions, counted.records());
      readings.tally(metrics, owner(), MetricName.RETURNED_BYTES, dimensions, counted.bytes());
    }

    private void capture(CaptureMetrics counted) {
      List<Dimension> dimensions = dimensions(DELEGATED, CAPTURE);
      readings.tally(
          counted,
          owner(),
          MetricName.CONSUMED_CHANGE_DATA_CAPTURE_UNITS,
          dimensions,
          counted.units());
      readings.tally(
          counted,
          owner(),
          MetricName.THROTTLED_PUT_RECORD_COUNT,
          dimensions,
          counted.throttledRecords());
      readings.events(
          counted,
          owner(),
          MetricName.FAILED_TO_REPLICATE_RECORD_COUNT,
          dimensions,
          counted.failedRecords());
      counted
          .age(now)
          .ifPresent(age ->
              readings.level(
                  owner(),
                  MetricName.AGE_OF_OLDEST_UNREPLICATED_RECORD,
                  dimensions,
                  (double) age.toMillis()));
    }

    private void building(List<Dimension> dimensions, IndexBuildMetrics counted) {
      readings.tally(
          counted,
          owner(),
          MetricName.ONLINE_INDEX_PERCENTAGE_PROGRESS,
          dimensions,
          counted.progress());
      readings.tally(
          counted,
          owner(),
          MetricName.ONLINE_INDEX_CONSUMED_WRITE_CAPACITY,
          dimensions,
          counted.consumedUnits());
      readings.tally(
          counted,
          owner(),
          MetricName.ONLINE_INDEX_THROTTLE_EVENTS,
          dimensions,
          counted.throttleEvents());
    }

    private void events(MetricName name, List<Dimension> dimensions, long total) {
      readings.events(metrics, owner(), name, dimensions, total);
    }

    private Owner owner() {
      return table.arn().owner();
    }

    private List<Dimension> dimensions(String... more) {
      List<Dimension> all = new ArrayList<>();
      all.add(new Dimension(TABLE, table.name().value()));
      for (int i = 0; i < more.length; i += 2) {
        all.add(new Dimension(more[i], more[i + 1]));
      }
      return all;
    }
  }
}
