package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.BillingMode;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/** Changes a table's settings. */
public final class UpdateTable {
  private UpdateTable() {}

  /**
   * What the caller asks: each absent member leaves its setting alone. Immutable.
   *
   * @param tableName a name or an ARN
   */
  public record Request(
      String tableName,
      @Nullable BillingMode billingMode,
      @Nullable ThroughputUnits throughput,
      @Nullable OnDemandMaximum onDemandMaximum,
      @Nullable TableClass tableClass,
      @Nullable Boolean deletionProtected) {}

  /** What the caller is told. Immutable. */
  public record Response(TableDescription table, TableSize size) {}
}
