package org.ostraka.identity.signature;

import java.util.List;
import java.util.Set;
import org.ostraka.model.Region;

/**
 * The regions and the names of a service to which a credential may be scoped. Immutable.
 *
 * @param regions the served regions; empty for all
 * @param services the names of the called service; a message names the first as the correct one
 */
public record ServedScopes(Set<Region> regions, List<String> services) {
  public ServedScopes {
    regions = Set.copyOf(regions);
    services = List.copyOf(services);
  }

  boolean serves(String region) {
    return Region.isLegal(region) && (regions.isEmpty() || regions.contains(new Region(region)));
  }
}
