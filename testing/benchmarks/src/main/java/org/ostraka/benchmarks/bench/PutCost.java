package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The processor time that each process spends on a put, in microseconds. It depends less than rates
 * do on what else the machine has to do. Immutable.
 *
 * @param writer of the server that is written to
 * @param other of the server in the other region
 * @param generator of the load generator
 */
record PutCost(double writer, double other, double generator) {

  /** Puts items, waits until the work that they cause is done, and returns how many there were. */
  @FunctionalInterface
  interface Run {
    long puts() throws IOException;
  }

  /** Measures a run; NaN where the system does not tell processor times. */
  static PutCost of(Target writer, ServerProcess other, Run run) throws IOException {
    Usage here = new Usage(writer.facts());
    Usage there = new Usage(Optional.of(ProcessFacts.of(other.handle().pid())));
    here.begin();
    there.begin();
    long puts = run.puts();
    here.end();
    there.end();
    return new PutCost(
        here.serverMicros() / puts, there.serverMicros() / puts, here.ownMicros() / puts);
  }

  /** Returns the median of each part. */
  static PutCost median(List<PutCost> costs) {
    return new PutCost(
        median(costs, PutCost::writer),
        median(costs, PutCost::other),
        median(costs, PutCost::generator));
  }

  private static double median(List<PutCost> costs, ToDoubleFunction<PutCost> part) {
    return Medians.of(costs.stream().mapToDouble(part));
  }

  @Override
  public String toString() {
    return "%s us, %s us, %s us"
        .formatted(
            MarkdownTable.number(writer, 0),
            MarkdownTable.number(other, 0),
            MarkdownTable.number(generator, 0));
  }
}
