package org.ostraka.storage;

import java.util.List;

/**
 * What a decision answers and what it writes: nothing, or any writes to declared keys and to rows
 * that follow from them, and any log appends. Immutable.
 *
 * @param origin the region whose decision it is: part of the version of every row that it writes
 */
public record Verdict<T>(T result, List<Write> writes, Origin origin) {
  public Verdict {
    writes = List.copyOf(writes);
  }

  /** A decision on rows that belong to no region. */
  public Verdict(T result, List<Write> writes) {
    this(result, writes, Origin.NONE);
  }

  /** Returns an answer that changes nothing. */
  public static <T> Verdict<T> unchanged(T result) {
    return new Verdict<>(result, List.of());
  }
}
