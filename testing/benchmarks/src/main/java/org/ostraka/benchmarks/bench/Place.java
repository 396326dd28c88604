package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.util.OptionalDouble;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/** A server whose tables have a given number of items of one shape. One thread. */
final class Place {
  private final Target target;
  private final Tables tables;
  private final Plans plans;

  Place(BenchOptions options, Target target, ItemShape shape, long keys) {
    this.target = target;
    this.tables = new Tables(target.endpoint(), shape, keys);
    this.plans = new Plans(options, shape, keys);
  }

  Target target() {
    return target;
  }

  /**
   * Makes the workload's table if it is missing; returns a plan with uniform keys in a closed loop.
   */
  LoadPlan plan(WorkloadKind kind, int clients) throws IOException {
    tables.prepare(kind);
    return plans.plan(target, kind, clients, Distribution.UNIFORM, OptionalDouble.empty());
  }
}
