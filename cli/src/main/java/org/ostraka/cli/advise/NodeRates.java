package org.ostraka.cli.advise;

/**
 * What one node of Ostraka was measured to serve. Immutable.
 *
 * @param writes writes a second
 * @param reads reads a second
 */
public record NodeRates(double writes, double reads) {
  /** The share of the measured rates that a node is planned with. */
  private static final double PLANNED = 0.6;

  /** The copies of the data, so that one node may fail. */
  private static final int COPIES = 2;

  public NodeRates {
    if (!(writes > 0) || !(reads > 0)) {
      throw new IllegalArgumentException("a node serves something");
    }
  }

  /** Returns the nodes that a region needs, with those that stand by. */
  long nodes(Workload workload) {
    double load = workload.writes() / writes + workload.reads() / workload.regions() / reads;
    return COPIES * (long) Math.max(1, Math.ceil(load / PLANNED));
  }
}
