package org.ostraka.benchmarks.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.KeySpace;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.WorkloadKind;

/** Makes the load plans for targets from the options. One thread. */
final class Plans {
  private final BenchOptions options;
  private final ItemShape shape;
  private final long keys;

  /**
   * The keys of each target and workload: added keys stay in the table, so a later run continues
   * after them.
   */
  private final Map<String, KeySpace> spaces = new HashMap<>();

  Plans(BenchOptions options, ItemShape shape, long keys) {
    this.options = options;
    this.shape = shape;
    this.keys = keys;
  }

  /** Makes a plan with the options' rate and distribution. */
  LoadPlan plan(Target target, WorkloadKind kind, int clients) {
    return plan(target, kind, clients, options.distribution(kind), options.rate());
  }

  LoadPlan plan(
      Target target,
      WorkloadKind kind,
      int clients,
      Distribution distribution,
      OptionalDouble rate) {
    return new LoadPlan(
        target.endpoint(),
        kind.workload(target.endpoint(), shape),
        spaces.computeIfAbsent(target.name() + ' ' + kind, _ -> kind.keySpace(keys, shape)),
        distribution,
        clients,
        options.threads(),
        rate,
        Duration.ZERO,
        options.duration());
  }
}
