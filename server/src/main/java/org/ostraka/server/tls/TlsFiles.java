package org.ostraka.server.tls;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The files that an operator names for TLS, all in PEM. Immutable.
 *
 * @param certificate the server's certificate, followed by those of the authorities between it and
 *     a root
 * @param key the private key of the certificate, in PKCS#8 and not encrypted
 * @param clientAuthorities the certificates of the authorities that sign clients' certificates;
 *     present if clients are asked for one
 * @param clientCertificates whether clients have to show a certificate
 */
public record TlsFiles(
    Path certificate,
    Path key,
    Optional<Path> clientAuthorities,
    ClientCertificates clientCertificates) {
  /** Refuses to ask for certificates that nothing could verify. */
  public TlsFiles {
    Objects.requireNonNull(certificate);
    Objects.requireNonNull(key);
    boolean asked = clientCertificates != ClientCertificates.OFF;
    if (asked != clientAuthorities.isPresent()) {
      throw new IllegalArgumentException("authorities of clients belong to clients' certificates");
    }
  }

  /** Makes the files of a server that asks clients for no certificate. */
  public static TlsFiles of(Path certificate, Path key) {
    return new TlsFiles(certificate, key, Optional.empty(), ClientCertificates.OFF);
  }
}
