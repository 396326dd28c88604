package org.ostraka.engine.cloudwatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Limits;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;

/**
 * Reads the quotas of accounts, and how much of them is provisioned, for accounts that have tables.
 * Any thread.
 */
public final class AccountReadings implements MetricReadings.Source {
  private static final double PERCENT = 100;

  private final Supplier<List<OpenTable>> tables;

  /** What an account has provisioned in a region: in all, and of its greatest table or index. */
  private static final class Provisioned {
    private long reads;
    private long writes;
    private long mostReads;
    private long mostWrites;

    void add(TableDescription table) {
      if (table.billing().mode() == BillingMode.PROVISIONED) {
        add(table.throughput());
        for (GlobalIndex index : table.globalIndexes()) {
          add(index.throughput());
        }
      }
    }

    private void add(ProvisionedThroughput units) {
      reads += units.readUnits();
      writes += units.writeUnits();
      mostReads = Math.max(mostReads, units.readUnits());
      mostWrites = Math.max(mostWrites, units.writeUnits());
    }
  }

  /**
   * Makes the source.
   *
   * @param tables returns the tables that there are
   */
  public AccountReadings(Supplier<List<OpenTable>> tables) {
    this.tables = tables;
  }

  @Override
  public void read(MetricReadings readings) {
    Map<Owner, Provisioned> owners = new HashMap<>();
    for (OpenTable table : tables.get()) {
      table
          .current()
          .map(TableRecord::description)
          .ifPresent(described ->
              owners
                  .computeIfAbsent(described.arn().owner(), _ -> new Provisioned())
                  .add(described));
    }
    owners.forEach((owner, provisioned) -> read(readings, owner, provisioned));
  }

  private static void read(MetricReadings readings, Owner owner, Provisioned provisioned) {
    Map<MetricName, Double> levels =
        Map.of(
            MetricName.ACCOUNT_MAX_READS,
            (double) Limits.ACCOUNT_CAPACITY_UNITS,
            MetricName.ACCOUNT_MAX_WRITES,
            (double) Limits.ACCOUNT_CAPACITY_UNITS,
            MetricName.ACCOUNT_MAX_TABLE_LEVEL_READS,
            (double) Limits.TABLE_CAPACITY_UNITS,
            MetricName.ACCOUNT_MAX_TABLE_LEVEL_WRITES,
            (double) Limits.TABLE_CAPACITY_UNITS,
            MetricName.ACCOUNT_PROVISIONED_READ_CAPACITY_UTILIZATION,
            percent(provisioned.reads, Limits.ACCOUNT_CAPACITY_UNITS),
            MetricName.ACCOUNT_PROVISIONED_WRITE_CAPACITY_UTILIZATION,
            percent(provisioned.writes, Limits.ACCOUNT_CAPACITY_UNITS),
            MetricName.MAX_PROVISIONED_TABLE_READ_CAPACITY_UTILIZATION,
            percent(provisioned.mostReads, Limits.TABLE_CAPACITY_UNITS),
            MetricName.MAX_PROVISIONED_TABLE_WRITE_CAPACITY_UTILIZATION,
            percent(provisioned.mostWrites, Limits.TABLE_CAPACITY_UNITS));
    levels.forEach((name, value) -> readings.level(owner, name, List.of(), value));
  }

  private static double percent(long part, long whole) {
    return PERCENT * part / whole;
  }
}
