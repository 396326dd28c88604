package org.ostraka.engine.region;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.ostraka.model.Region;

/**
 * A deployment: a store with all servers that use it, as the store remembers it. Immutable.
 *
 * @param id tells it from other deployments; a copy of the data has it, too
 * @param served the regions that they serve, as they were last started; all regions when empty
 * @param elsewhere the regions of other processes that they have replicated to, or may have
 */
record Deployment(UUID id, Set<Region> served, Set<Region> elsewhere) {
  Deployment {
    served = Set.copyOf(served);
    elsewhere = Set.copyOf(elsewhere);
  }

  /** Returns a deployment that was never served with names of regions. */
  static Deployment ofAllRegions(UUID id) {
    return new Deployment(id, Set.of(), Set.of());
  }

  /** Returns the deployment after a start that serves some regions and has some peers. */
  Deployment next(Set<Region> serving, Set<Region> peers) {
    Set<Region> others = new HashSet<>(elsewhere);
    others.addAll(peers);
    others.removeIf(region -> serving.isEmpty() || serving.contains(region));
    return new Deployment(id, serving, others);
  }
}
