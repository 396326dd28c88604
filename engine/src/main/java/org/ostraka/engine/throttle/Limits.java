package org.ostraka.engine.throttle;

import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.Traffic;
import org.ostraka.model.WarmThroughput;

/**
 * What limits the throughput of a table or an index. Immutable.
 *
 * @param warm what it serves without growing first
 */
record Limits(
    BillingMode billing,
    ProvisionedThroughput provisioned,
    OnDemandThroughput maximum,
    WarmThroughput warm) {
  static Limits of(TableDescription table) {
    return new Limits(
        table.billing().mode(),
        table.throughput(),
        table.onDemandThroughput(),
        table.warmThroughput().orElseGet(() -> first(table.billing().mode())));
  }

  static Limits of(TableDescription table, GlobalIndex index) {
    return new Limits(
        table.billing().mode(),
        index.throughput(),
        index.onDemandThroughput(),
        index.warmThroughput().orElseGet(() -> first(table.billing().mode())));
  }

  private static WarmThroughput first(BillingMode billing) {
    return billing == BillingMode.PAY_PER_REQUEST
        ? WarmThroughput.ON_DEMAND
        : new WarmThroughput(0, 0);
  }

  boolean isProvisioned() {
    return billing == BillingMode.PROVISIONED;
  }

  /** Returns the provisioned units a second. */
  long provisioned(Traffic traffic) {
    return traffic == Traffic.READ ? provisioned.readUnits() : provisioned.writeUnits();
  }

  /** Returns the maximum of an on-demand table in units a second; -1 for none. */
  long maximum(Traffic traffic) {
    return (traffic == Traffic.READ ? maximum.maxReadUnits() : maximum.maxWriteUnits()).orElse(-1);
  }

  /** Returns the units a second that partitions must be there for. */
  long warm(Traffic traffic) {
    return Math.max(
        traffic == Traffic.READ ? warm.readUnits() : warm.writeUnits(),
        isProvisioned() ? provisioned(traffic) : 0);
  }
}
