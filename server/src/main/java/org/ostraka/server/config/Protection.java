package org.ostraka.server.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.ostraka.server.audit.AuditSettings;
import org.ostraka.server.http.AllowedNetworks;
import org.ostraka.server.tls.TlsContexts;

/**
 * How the server protects itself on a network. Immutable.
 *
 * @param networks the networks whose clients may connect
 * @param audit where requests are recorded; empty for nowhere
 * @param tls the certificates of encrypted connections; empty for plain HTTP
 * @param clientPrincipals the file that says for whom certificates of clients stand
 */
public record Protection(
    AllowedNetworks networks,
    Optional<AuditSettings> audit,
    Optional<TlsContexts> tls,
    Optional<Path> clientPrincipals) {
  /** Plain HTTP for every network, as on the loopback address. */
  public static final Protection NONE =
      new Protection(AllowedNetworks.ALL, Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses null. */
  public Protection {
    Objects.requireNonNull(networks);
    Objects.requireNonNull(audit);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(clientPrincipals);
  }
}
