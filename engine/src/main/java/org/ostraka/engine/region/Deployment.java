package org.ostraka.engine.region;

import java.util.HashSet;
import java.util.Set;
import org.ostraka.model.Region;

/**
 * What a store remembers of the servers that use it. Immutable.
 *
 * @param served the regions that they serve, as they were last started; all regions when empty
 * @param elsewhere the regions of other processes that they have replicated to, or may have
 */
record Deployment(Set<Region> served, Set<Region> elsewhere) {
  /** What is true of a store that was never served with names of regions. */
  static final Deployment OF_ALL_REGIONS = new Deployment(Set.of(), Set.of());

  Deployment {
    served = Set.copyOf(served);
    elsewhere = Set.copyOf(elsewhere);
  }

  /** Returns whether the servers serve a region. */
  boolean serves(Region region) {
    return served.isEmpty() || served.contains(region);
  }

  /** Returns what the store remembers after a start that serves some regions and has some peers. */
  Deployment next(Set<Region> serving, Set<Region> peers) {
    Set<Region> others = new HashSet<>(elsewhere);
    others.addAll(peers);
    others.removeIf(new Deployment(serving, Set.of())::serves);
    return new Deployment(serving, others);
  }
}
