package org.ostraka.testkit.history;

import java.util.Map;

/**
 * What a decision over several rows saw and wrote. Immutable.
 *
 * <p>Versions are unique within a row and greater than 0; 0 is the version of a row that was never
 * written. Each row that is written is also seen: so who replaced what is known.
 *
 * @param name what a person calls this decision in a report
 * @param seen the version found of each row that was read
 * @param written the version given to each row that was written
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
