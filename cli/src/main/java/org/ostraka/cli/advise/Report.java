package org.ostraka.cli.advise;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ostraka.cli.advise.Prices.Price;

/** What the advisor tells of a workload, as text. Immutable. */
public final class Report {
  private static final double PERCENT = 100;

  private final Workload workload;
  private final Prices now;
  private final Prices before;
  private final Optional<NodeRates> node;
  private final StringBuilder text = new StringBuilder();

  private Report(Workload workload, Prices now, Prices before, Optional<NodeRates> node) {
    this.workload = workload;
    this.now = now;
    this.before = before;
    this.node = node;
  }

  /**
   * Returns the report.
   *
   * @param before other prices that are shown beside
   * @param node what a node of Ostraka was measured to serve; absent when it is not known
   */
  public static String of(Workload workload, Prices now, Prices before, Optional<NodeRates> node) {
    Report report = new Report(workload, now, before, node);
    report.units();
    report.costs();
    report.engines();
    report.nodes();
    return report.text.toString();
  }

  private void units() {
    line("Throughput of DynamoDB");
    line(
        String.format(
            Locale.ROOT, "  write units a second   %,.0f in each region", workload.writeUnits()));
    line(String.format(Locale.ROOT, "  read units a second    %,.0f in all", workload.readUnits()));
    if (workload.indexes() > 0) {
      line(
          String.format(
              Locale.ROOT,
              "  of them for indexes    %,.0f write units",
              workload.indexWriteUnits()));
    }
    line(
        String.format(
            Locale.ROOT,
            "  units of a month       %,.0f writes in each region, %,.0f reads",
            workload.writeUnits() * workload.seconds(),
            workload.readUnits() * workload.seconds()));
    line(
        String.format(
            Locale.ROOT, "  partitions             %,d in each region", workload.partitions()));
    line(
        String.format(
            Locale.ROOT, "  data                   %,.0f GB in each region", workload.storageGb()));
    line("");
  }

  private void costs() {
    Bill today = Bill.of(workload, now);
    Bill earlier = Bill.of(workload, before);
    line(
        String.format(
            Locale.ROOT,
            "Cost in dollars a month (%s)   %s   %s",
            now.region(),
            now.date(),
            before.date()));
    row("on demand", today.onDemand(), earlier.onDemand());
    row("  an hour of it", Bill.hourOnDemand(workload, now), Bill.hourOnDemand(workload, before));
    row("provisioned all day at 70 %", today.provisioned(), earlier.provisioned());
    row("provisioned while it works", today.scaled(), earlier.scaled());
    for (int i = 0; i < today.lines().size(); i++) {
      Bill.Line line = today.lines().get(i);
      row(line.what(), line.dollars(), earlier.lines().get(i).dollars());
    }
    row("in all, on demand", today.onDemandTotal(), earlier.onDemandTotal());
    row("in all, the cheapest way", today.total(), earlier.total());
    line("");
    line(
        String.format(
            Locale.ROOT,
            "Provisioned write units are cheaper than on-demand ones when more than %.1f %% of them"
                + " are used (%.1f %% before), read units when more than %.1f %% are.",
            PERCENT * writeBreakEven(now),
            PERCENT * writeBreakEven(before),
            PERCENT * now.breakEven(Price.PROVISIONED_READ, Price.ON_DEMAND_READ)));
    line(
        String.format(
            Locale.ROOT,
            "Prices: %s. Free tiers and reserved capacity are left out.",
            now.source()));
    line("");
  }

  private double writeBreakEven(Prices prices) {
    return workload.regions() > 1
        ? prices.breakEven(Price.PROVISIONED_REPLICATED_WRITE, Price.ON_DEMAND_REPLICATED_WRITE)
        : prices.breakEven(Price.PROVISIONED_WRITE, Price.ON_DEMAND_WRITE);
  }

  private void engines() {
    line("Engines");
    for (Engine engine : Engine.values()) {
      List<String> objections = engine.objections(workload);
      line(
          String.format(
              Locale.ROOT,
              "  %-24s %s",
              engine.title(),
              objections.isEmpty() ? "fits" : "no: " + String.join("; ", objections)));
    }
    if (workload.cached()) {
      line("  Reads below a millisecond need a cache beside it: DAX or ElastiCache.");
    }
    line("");
  }

  private void nodes() {
    line("Ostraka");
    if (node.isEmpty()) {
      line(
          "  Measure what a node serves with `ostraka bench`, and give it as --node-writes and"
              + " --node-reads.");
      return;
    }
    line(
        String.format(
            Locale.ROOT,
            "  %,d nodes in each of %d region%s: half of them stand by, and each is planned with 60"
                + " %% of %,.0f writes and %,.0f reads a second.",
            node.get().nodes(workload),
            workload.regions(),
            workload.regions() == 1 ? "" : "s",
            node.get().writes(),
            node.get().reads()));
  }

  private void row(String what, double today, double earlier) {
    line(String.format(Locale.ROOT, "  %-28s %,16.2f %,16.2f", what, today, earlier));
  }

  private void line(String told) {
    text.append(told).append('\n');
  }
}
