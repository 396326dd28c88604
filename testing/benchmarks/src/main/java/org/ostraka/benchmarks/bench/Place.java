package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.util.OptionalDouble;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/** A server whose tables have so many items of one shape. One thread. */
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

  /** Uniform keys in a closed loop; the workload's table is made where it is not there. */
  LoadPlan plan(WorkloadKind kind, int clients) throws IOException {
    tables.prepare(kind);
    return plans.plan(target, kind, clients, Distribution.UNIFORM, OptionalDouble.empty());
  }
}
