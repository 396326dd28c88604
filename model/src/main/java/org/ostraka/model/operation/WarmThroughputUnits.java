package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/** The requested warm throughput: an absent member keeps its value. Immutable. */
public record WarmThroughputUnits(@Nullable Long readUnits, @Nullable Long writeUnits) {
  public boolean isEmpty() {
    return readUnits == null && writeUnits == null;
  }
}
