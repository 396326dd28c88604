package org.ostraka.benchmarks.workload;

import java.util.List;
import org.ostraka.benchmarks.load.Operation;
import org.ostraka.benchmarks.load.Workload;
import org.ostraka.benchmarks.load.Workload.Choice;

/** The mixtures of the Yahoo! Cloud Serving Benchmark. Stateless. */
final class Mixes {
  private static final int HALF = 50;
  private static final int MOST = 95;
  private static final int FEW = 5;

  private Mixes() {}

  static Workload of(WorkloadKind kind, Requests requests) {
    return switch (kind) {
      case YCSB_A -> mix(HALF, requests.get(Table.ITEMS), HALF, requests.setFirst());
      case YCSB_B -> mix(MOST, requests.get(Table.ITEMS), FEW, requests.setFirst());
      case YCSB_D -> mix(MOST, requests.get(Table.ITEMS), FEW, requests.insert(Table.ITEMS));
      case YCSB_E -> mix(MOST, requests.queryUpTo(100), FEW, requests.insert(Table.ROWS));
      case YCSB_F ->
          mix(
              HALF,
              List.of(requests.get(Table.ITEMS)),
              HALF,
              List.of(requests.get(Table.ITEMS), requests.setAgain()));
      default -> throw new IllegalArgumentException(kind + " is no mixture");
    };
  }

  private static Workload mix(int share, Operation one, int otherShare, Operation other) {
    return mix(share, List.of(one), otherShare, List.of(other));
  }

  private static Workload mix(
      int share, List<Operation> one, int otherShare, List<Operation> other) {
    return new Workload(List.of(new Choice(share, one), new Choice(otherShare, other)));
  }
}
