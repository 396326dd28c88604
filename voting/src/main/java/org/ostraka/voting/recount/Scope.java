package org.ostraka.voting.recount;

import java.util.List;
import java.util.Set;
import org.ostraka.voting.election.Election;

/**
 * Which regions an audit asks. Immutable.
 *
 * @param without regions that the election office has given up; what they wrote is read where
 *     another region has it
 */
public record Scope(Election election, Set<String> without) {
  public Scope {
    without = Set.copyOf(without);
    if (!election.regions().containsAll(without)) {
      throw new IllegalArgumentException(
          "the election is in " + election.regions() + ", not in all of " + without);
    }
    if (without.containsAll(election.regions())) {
      throw new IllegalArgumentException("an audit needs a region that is not given up");
    }
  }

  /** Returns the scope of an audit of all regions. */
  public static Scope whole(Election election) {
    return new Scope(election, Set.of());
  }

  boolean isWhole() {
    return without.isEmpty();
  }

  /** Returns the regions that are asked. */
  List<String> regions() {
    return election.regions().stream().filter(region -> !without.contains(region)).toList();
  }

  /** Returns the region that is asked for what a region wrote: itself, unless it is given up. */
  String source(String region) {
    return without.contains(region) ? regions().getFirst() : region;
  }
}
