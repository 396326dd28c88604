package org.ostraka.server;

import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.throttle.Throttling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs for how many parts of requests DynamoDB would have had no capacity since the last report.
 * One thread at a time.
 */
final class CapacityReport implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CapacityReport.class);

  private final Throttling throttling;
  private final Catalogue catalogue;

  CapacityReport(Throttling throttling, Catalogue catalogue) {
    this.throttling = throttling;
    this.catalogue = catalogue;
  }

  @Override
  public void run() {
    throttling.forget(table -> catalogue.describe(table).isEmpty());
    throttling
        .takeRefusals()
        .forEach((reason, count) ->
            LOG.info(
                "no capacity for {} reads or writes of {}: {}",
                count,
                reason.resource(),
                reason.word()));
  }
}
