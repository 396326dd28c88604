package org.ostraka.testkit.random;

import java.util.List;

/** A list of operations that refutes a claim, and the exception. Immutable. */
record Refutation<O>(Claim<O> claim, List<O> operations, Throwable why) {
  Refutation {
    operations = List.copyOf(operations);
  }
}
