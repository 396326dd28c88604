package org.ostraka.server.admin;

import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.ostraka.delivery.region.ReplicationMetrics;
import org.ostraka.storage.Measure;
import org.ostraka.storage.Stamp;

/**
 * What the parts of the process tell of themselves. Any thread.
 *
 * @param store tells what the store does
 * @param connections tells the number of open connections
 * @param replication tells how far replication to other regions has come
 */
public record ProcessFamilies(
    Supplier<List<Measure>> store,
    IntSupplier connections,
    Supplier<List<ReplicationMetrics.Link>> replication) {
  private static final String PREFIX = "ostraka_";
  private static final String REPLICATION = PREFIX + "replication_";
  private static final double MILLIS_PER_SECOND = 1_000.0;

  void add(Families families) {
    for (Measure measure : store.get()) {
      String name = PREFIX + "store_" + measure.name();
      switch (measure.kind()) {
        case COUNTER -> families.counter(name, measure.help(), Labels.EMPTY, measure.value());
        case GAUGE -> families.gauge(name, measure.help(), Labels.EMPTY, measure.value());
      }
    }
    families.gauge(
        PREFIX + "http_connections",
        "Open connections to the API.",
        Labels.EMPTY,
        connections.getAsInt());
    replication.get().forEach(link -> add(families, link));
  }

  private static void add(Families families, ReplicationMetrics.Link link) {
    Labels labels =
        Labels.of(
            "account",
            link.table().owner().account().value(),
            "region",
            link.table().owner().region().value(),
            "table_name",
            link.table().table().value(),
            "receiving_region",
            link.to().region().value());
    families.gauge(
        "dynamodb_replication_latency_seconds",
        "From a write to its being durable in the other region, on average.",
        labels,
        link.latency().toMillis() / MILLIS_PER_SECOND);
    families.gauge(
        "dynamodb_pending_replication_count",
        "Changes that wait for the other region.",
        labels,
        link.pending());
    families.counter(
        REPLICATION + "sent_changes",
        "Changes that the other region acknowledged since the start.",
        labels,
        link.sent());
    families.counter(
        REPLICATION + "superseded_changes",
        "Changes among them that found a later one of the same item, or came twice.",
        labels,
        link.superseded());
    if (!link.durable().equals(Stamp.ZERO)) {
      families.gauge(
          REPLICATION + "durable_timestamp_seconds",
          "Everything written before this time is durable in the other region.",
          labels,
          seconds(link.durable().moment()));
    }
    link.contact()
        .ifPresent(contact ->
            families.gauge(
                REPLICATION + "contact_timestamp_seconds",
                "When the other region last acknowledged changes.",
                labels,
                seconds(contact)));
  }

  private static double seconds(Instant moment) {
    return moment.toEpochMilli() / MILLIS_PER_SECOND;
  }
}
