package org.ostraka.server;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.ostraka.delivery.region.ReplicationMetrics;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.metric.UserErrors;

/**
 * What CloudWatch's operations and the admin listener read. Any thread.
 *
 * @param errors counts requests that were refused
 * @param replication tells how far replication to other regions has come
 */
record MetricSources(
    Catalogue catalogue,
    UserErrors errors,
    Supplier<List<ReplicationMetrics.Link>> replication,
    Clock clock) {
  /** Returns the tables that there are. */
  List<OpenTable> tables() {
    return tables(catalogue);
  }

  static List<OpenTable> tables(Catalogue catalogue) {
    return catalogue.records(_ -> true).stream()
        .flatMap(record -> catalogue.describe(record.description().arn()).stream())
        .toList();
  }
}
