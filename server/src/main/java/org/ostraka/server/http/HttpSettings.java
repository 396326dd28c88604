package org.ostraka.server.http;

import java.net.InetAddress;
import java.util.Objects;

/**
 * The address to listen on, and the limits.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 takes any free one
 * @param limits the server's limits
 */
public record HttpSettings(InetAddress host, int port, HttpLimits limits) {

  /** Checks the port. */
  public HttpSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(limits);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }
}
