package org.ostraka.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.ostraka.delivery.region.ReplicationMetrics;
import org.ostraka.engine.cloudwatch.AccountReadings;
import org.ostraka.engine.cloudwatch.CloudWatch;
import org.ostraka.engine.cloudwatch.MetricHistory;
import org.ostraka.engine.cloudwatch.MetricName;
import org.ostraka.engine.cloudwatch.MetricReadings;
import org.ostraka.engine.cloudwatch.OnceAMinute;
import org.ostraka.engine.cloudwatch.TableReadings;
import org.ostraka.engine.cloudwatch.UserErrorReadings;
import org.ostraka.engine.gate.AccountPermissions;
import org.ostraka.model.cloudwatch.Dimension;

/** Composes what CloudWatch's operations read (decision 62). */
record CloudWatchParts(MetricSources sources, DirectoryParts principals) {
  /** The part of the heap that samples may take. */
  private static final int HEAP_PART = 32;

  /** How often the server looks whether a minute has passed. */
  private static final Duration TURNS = Duration.ofSeconds(1);

  /** Begins to keep metrics. */
  CloudWatch begin(BackgroundWork work) {
    Clock clock = sources.clock();
    MetricHistory history =
        new MetricHistory(
            List.of(
                new TableReadings(sources::tables, clock),
                new UserErrorReadings(sources.errors()),
                new OnceAMinute(new AccountReadings(sources::tables), clock),
                new OnceAMinute(this::readReplication, clock)),
            clock,
            Runtime.getRuntime().maxMemory() / HEAP_PART);
    work.maintain(List.of(history::collectAtTurn), TURNS);
    return new CloudWatch(history, clock, new AccountPermissions(clock, principals.standings()));
  }

  private void readReplication(MetricReadings readings) {
    for (ReplicationMetrics.Link link : sources.replication().get()) {
      List<Dimension> dimensions =
          List.of(
              new Dimension("TableName", link.table().table().value()),
              new Dimension("ReceivingRegion", link.to().region().value()));
      if (link.contact().isPresent()) {
        readings.level(
            link.table().owner(),
            MetricName.REPLICATION_LATENCY,
            dimensions,
            (double) link.latency().toMillis());
      }
      readings.level(
          link.table().owner(),
          MetricName.PENDING_REPLICATION_COUNT,
          dimensions,
          (double) link.pending());
    }
  }
}
