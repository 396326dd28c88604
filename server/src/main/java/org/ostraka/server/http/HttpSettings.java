package org.ostraka.server.http;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.ostraka.server.limit.FailureLimits;

/**
 * The address to listen on, who may use it, and the limits.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 takes any free one
 * @param hosts the hosts that requests may name
 * @param origins the origins whose web pages may send requests
 * @param networks the networks whose clients may connect
 * @param limits the server's limits
 * @param failures slows clients whose requests fail
 * @param tls makes the server's end of each encrypted connection; empty for plain HTTP
 */
public record HttpSettings(
    InetAddress host,
    int port,
    AllowedHosts hosts,
    AllowedOrigins origins,
    AllowedNetworks networks,
    HttpLimits limits,
    FailureLimits failures,
    Optional<Supplier<SSLEngine>> tls) {

  /** Checks the port. */
  public HttpSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(hosts);
    Objects.requireNonNull(origins);
    Objects.requireNonNull(networks);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(failures);
    Objects.requireNonNull(tls);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }
}
