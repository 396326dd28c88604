package org.ostraka.storage;

import java.util.List;

/**
 * What a decision answers and what it writes: nothing, or any writes to declared keys and to rows
 * that follow from them, and any log appends. Immutable.
 */
public record Verdict<T>(T result, List<Write> writes) {
  public Verdict {
    writes = List.copyOf(writes);
  }

  /** An answer that changes nothing. */
  public static <T> Verdict<T> unchanged(T result) {
    return new Verdict<>(result, List.of());
  }
}
