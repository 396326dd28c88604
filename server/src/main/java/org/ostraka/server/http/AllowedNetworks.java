package org.ostraka.server.http;

import java.net.InetAddress;
import java.util.List;
import org.ostraka.identity.policy.IpRange;

/**
 * The networks whose clients may connect. Immutable.
 *
 * @param ranges the ranges of their addresses; empty for every network
 */
public record AllowedNetworks(List<IpRange> ranges) {
  /** Every network. */
  public static final AllowedNetworks ALL = new AllowedNetworks(List.of());

  /** Copies the ranges. */
  public AllowedNetworks {
    ranges = List.copyOf(ranges);
  }

  /** Returns whether a client with this address may connect. */
  public boolean allow(InetAddress address) {
    if (ranges.isEmpty()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    return ranges.stream().anyMatch(range -> range.contains(bytes));
  }
}
