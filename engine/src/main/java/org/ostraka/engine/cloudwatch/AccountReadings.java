package org.ostraka.engine.cloudwatch;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.model.Limits;
import org.ostraka.model.Owner;

/**
 * Reads the quotas of accounts, and how much of them is provisioned, for accounts that have tables.
 * Any thread.
 *
 * @param tables returns the tables that there are
 */
public record AccountReadings(Supplier<List<OpenTable>> tables) implements MetricReadings.Source {
  private static final double PERCENT = 100;

  @Override
  public void read(MetricReadings readings) {
    AccountUse.of(tables.get()).forEach((owner, use) -> read(readings, owner, use));
  }

  private static void read(MetricReadings readings, Owner owner, AccountUse use) {
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
            percent(use.reads(), Limits.ACCOUNT_CAPACITY_UNITS),
            MetricName.ACCOUNT_PROVISIONED_WRITE_CAPACITY_UTILIZATION,
            percent(use.writes(), Limits.ACCOUNT_CAPACITY_UNITS),
            MetricName.MAX_PROVISIONED_TABLE_READ_CAPACITY_UTILIZATION,
            percent(use.mostReads(), Limits.TABLE_CAPACITY_UNITS),
            MetricName.MAX_PROVISIONED_TABLE_WRITE_CAPACITY_UTILIZATION,
            percent(use.mostWrites(), Limits.TABLE_CAPACITY_UNITS));
    levels.forEach((name, value) -> readings.level(owner, name, List.of(), value));
  }

  private static double percent(long part, long whole) {
    return PERCENT * part / whole;
  }
}
