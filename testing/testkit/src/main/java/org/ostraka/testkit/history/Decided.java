package org.ostraka.testkit.history;

import java.util.Map;

/**
 * The rows that a decision saw and wrote. Immutable.
 *
 * <p>Versions are unique within a row and greater than 0; 0 is the version of a row that was never
 * written. A decision sees each row that it writes, so the history says which decision replaced
 * which version.
 *
 * @param name the decision's name in reports
 * @param seen the version of each row that the decision read
 * @param written the version that the decision gave to each row that it wrote
 */
public record Decided(String name, Map<String, Long> seen, Map<String, Long> written) {
  /** The version of a row that was never written. */
  public static final long UNWRITTEN = 0;

  public Decided {
    seen = Map.copyOf(seen);
    written = Map.copyOf(written);
    if (!seen.keySet().containsAll(written.keySet())) {
      throw new IllegalArgumentException("a decision sees each row that it writes");
    }
  }
}
