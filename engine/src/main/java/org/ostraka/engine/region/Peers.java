package org.ostraka.engine.region;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Region;

/** The regions that tables may be replicated to, and the ways to them. Any thread. */
public interface Peers {
  /** No other regions. */
  Peers NONE =
      new Peers() {
        @Override
        public Optional<Peer> to(Region region) {
          return Optional.empty();
        }

        @Override
        public List<Region> regions() {
          return List.of();
        }
      };

  /** Returns the way to a region; empty when the region is unknown. */
  Optional<Peer> to(Region region);

  /** Returns the known regions in the order of their names; empty when any region is known. */
  List<Region> regions();
}
