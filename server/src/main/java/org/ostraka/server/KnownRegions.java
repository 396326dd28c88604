package org.ostraka.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.Region;

/**
 * The regions of this process and those of its peers. Any thread.
 *
 * @param served the regions of this process; all when empty, and then there are no others
 * @param own the way to the regions of this process
 * @param remote returns the ways to other regions, as they are now
 */
record KnownRegions(Set<Region> served, Peer own, Supplier<Map<Region, Peer>> remote)
    implements Peers {
  KnownRegions {
    served = Set.copyOf(served);
  }

  @Override
  public Optional<Peer> to(Region region) {
    Peer peer = remote.get().get(region);
    if (peer != null) {
      return Optional.of(peer);
    }
    return serves(region) ? Optional.of(own) : Optional.empty();
  }

  /** Returns whether a region is one of this process. */
  boolean serves(Region region) {
    return served.isEmpty() || served.contains(region);
  }

  /** Names the regions of this process. */
  String servedNames() {
    return served.isEmpty()
        ? "all regions"
        : served.stream().map(Region::value).sorted().collect(Collectors.joining(", "));
  }

  @Override
  public List<Region> regions() {
    List<Region> all = new ArrayList<>(served);
    all.addAll(remote.get().keySet());
    return all.stream().distinct().sorted(Comparator.comparing(Region::value)).toList();
  }
}
