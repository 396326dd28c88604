package org.ostraka.cli.advise;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.cli.advise.Prices.Price;

/**
 * What a workload costs in a month. Immutable.
 *
 * @param lines all but the throughput of the table
 * @param onDemand the throughput on demand
 * @param provisioned the throughput if it is provisioned all day
 * @param scaled the throughput if it is provisioned for the hours of work only
 */
record Bill(List<Line> lines, double onDemand, double provisioned, double scaled) {
  /** The share of provisioned units that is used: "DynamoDB auto scaling" has it by default. */
  static final double UTILIZATION = 0.7;

  private static final double MILLION = 1e6;
  private static final double HOURS = 24;
  private static final double DAYS = 30;
  private static final double SECONDS = HOURS * DAYS * 3_600;

  /** One position of the bill. */
  record Line(String what, double dollars) {}

  Bill {
    lines = List.copyOf(lines);
  }

  static Bill of(Workload workload, Prices prices) {
    return new Bill(
        lines(workload, prices),
        onDemand(workload, prices),
        provisioned(workload, prices, HOURS * DAYS),
        provisioned(workload, prices, workload.hours() * workload.days()));
  }

  private static double onDemand(Workload workload, Prices prices) {
    double reads = workload.readUnits() * workload.seconds();
    return onDemandWrites(workload, prices) + reads / MILLION * prices.of(Price.ON_DEMAND_READ);
  }

  /** Returns the price of all writes of a month; those of a global table are replicated writes. */
  private static double onDemandWrites(Workload workload, Prices prices) {
    double writes = workload.writeUnits() * workload.seconds() * workload.regions();
    Price price = workload.regions() > 1 ? Price.ON_DEMAND_REPLICATED_WRITE : Price.ON_DEMAND_WRITE;
    return writes / MILLION * prices.of(price);
  }

  private static double provisioned(Workload workload, Prices prices, double hours) {
    Price write =
        workload.regions() > 1 ? Price.PROVISIONED_REPLICATED_WRITE : Price.PROVISIONED_WRITE;
    double writes = Math.ceil(workload.writeUnits() / UTILIZATION) * workload.regions();
    double reads = Math.ceil(workload.readUnits() / UTILIZATION);
    return (writes * prices.of(write) + reads * prices.of(Price.PROVISIONED_READ)) * hours;
  }

  private static List<Line> lines(Workload workload, Prices prices) {
    List<Line> lines = new ArrayList<>();
    double stored = workload.storageGb() * workload.regions();
    lines.add(new Line("storage", stored * prices.of(Price.STORAGE)));
    if (workload.streamReaders() > 0) {
      // Each reader asks every shard once a second, and there is a shard for each partition.
      double calls =
          (double) workload.partitions() * workload.streamReaders() * SECONDS * workload.regions();
      lines.add(new Line("stream reads", calls / 1e5 * prices.of(Price.STREAM_READ)));
    }
    if (workload.recovery()) {
      lines.add(new Line("point-in-time recovery", stored * prices.of(Price.RECOVERY)));
    }
    if (workload.backupGb() > 0) {
      lines.add(new Line("backups", workload.backupGb() * prices.of(Price.BACKUP)));
    }
    if (workload.exportGb() > 0) {
      lines.add(new Line("exports", workload.exportGb() * prices.of(Price.EXPORT)));
    }
    if (workload.daxNodes() > 0) {
      lines.add(new Line("DAX", workload.daxNodes() * prices.of(Price.DAX_NODE) * HOURS * DAYS));
    }
    return lines;
  }

  /** Returns the month with the cheapest kind of throughput. */
  double total() {
    return Math.min(onDemand, Math.min(provisioned, scaled)) + others();
  }

  /** Returns the month on demand. */
  double onDemandTotal() {
    return onDemand + others();
  }

  private double others() {
    return lines.stream().mapToDouble(Line::dollars).sum();
  }

  /** Returns what an hour of work costs on demand. */
  static double hourOnDemand(Workload workload, Prices prices) {
    return onDemand(workload, prices) / (workload.hours() * workload.days());
  }
}
