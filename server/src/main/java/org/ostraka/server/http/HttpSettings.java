package org.ostraka.server.http;

import java.net.InetAddress;
import java.util.Objects;

/**
 * The address to listen on, who may use it, and the limits.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 takes any free one
 * @param hosts the hosts that requests may name
 * @param origins the origins whose web pages may send requests
 * @param limits the server's limits
 */
public record HttpSettings(
    InetAddress host, int port, AllowedHosts hosts, AllowedOrigins origins, HttpLimits limits) {

  /** Checks the port. */
  public HttpSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(hosts);
    Objects.requireNonNull(origins);
    Objects.requireNonNull(limits);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }
}
