package org.ostraka.server.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.model.Region;
import org.ostraka.server.auth.RootKey;

/**
 * The regions of other processes. Immutable.
 *
 * @param peers the URL of each of these regions
 * @param key the access key that signs the requests to them; empty when they verify no signatures
 * @param principals the ARNs of those who may send changes of other regions
 */
public record PeerSettings(Map<Region, URI> peers, Optional<RootKey> key, List<String> principals) {
  /** No other processes. */
  public static final PeerSettings NONE = new PeerSettings(Map.of(), Optional.empty(), List.of());

  public PeerSettings {
    peers = Map.copyOf(peers);
    principals = List.copyOf(principals);
  }
}
