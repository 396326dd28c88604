package org.ostraka.benchmarks.bench;

import java.util.function.ToDoubleFunction;
import org.ostraka.benchmarks.load.LoadResult;

/** One entrant's turn in one round. Immutable; NaN means unknown. */
record Turn(LoadResult result, double serverMicros, double ownMicros, double writtenBytes) {

  /** A figure of a turn. */
  enum Figure {
    PER_SECOND(turn -> turn.result.perSecond()),
    P50(turn -> turn.result.milliseconds(50)),
    P99(turn -> turn.result.milliseconds(99)),
    P999(turn -> turn.result.milliseconds(99.9)),
    /** Microseconds of the server's processor time for each operation. */
    SERVER_CPU(turn -> turn.serverMicros / turn.result.finished()),
    /** Microseconds of the load generator's processor time for each operation. */
    OWN_CPU(turn -> turn.ownMicros / turn.result.finished()),
    /** Bytes written to the disk for each operation. */
    WRITTEN(turn -> turn.writtenBytes / turn.result.finished());

    private final ToDoubleFunction<Turn> value;

    Figure(ToDoubleFunction<Turn> value) {
      this.value = value;
    }

    double of(Turn turn) {
      return value.applyAsDouble(turn);
    }
  }

  static Turn of(LoadResult result, Usage usage) {
    return new Turn(result, usage.serverMicros(), usage.ownMicros(), usage.writtenBytes());
  }
}
