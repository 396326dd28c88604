package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.MarkdownTable.number;

import java.util.List;
import java.util.OptionalLong;

/** The table of the servers' start-up times and memory. Stateless. */
final class ServerTable {
  private static final double MIB = 1 << 20;

  private ServerTable() {}

  static String of(List<Target> targets) {
    MarkdownTable table =
        new MarkdownTable("server", "start s", "resident MiB, idle", "resident MiB, after load");
    for (Target target : targets) {
      table.row(
          target.name(),
          number(target.startUp().map(time -> time.toNanos() / 1e9).orElse(Double.NaN), 2),
          number(mib(target.idleBytes()), 0),
          number(
              mib(target.facts().map(ProcessFacts::residentBytes).orElse(OptionalLong.empty())),
              0));
    }
    return table.toString();
  }

  static double mib(OptionalLong bytes) {
    return bytes.isPresent() ? bytes.getAsLong() / MIB : Double.NaN;
  }
}
