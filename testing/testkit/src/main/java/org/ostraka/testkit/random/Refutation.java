package org.ostraka.testkit.random;

import java.util.List;

/** A list of operations of which a claim is not true, and what was thrown. Immutable. */
record Refutation<O>(Claim<O> claim, List<O> operations, Throwable why) {
  Refutation {
    operations = List.copyOf(operations);
  }
}
