package org.ostraka.server.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files in PEM for connections from this server to another one. Immutable.
 *
 * @param authorities the certificates of the authorities that sign the other server's; empty to
 *     trust those that Java trusts
 * @param certificate the certificate that this server shows, followed by those of its authorities;
 *     empty to show none
 * @param key the private key of that certificate, in PKCS#8 and not encrypted
 */
public record ClientTlsFiles(
    Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
  /** Trusts the authorities that Java trusts, and shows no certificate. */
  public static final ClientTlsFiles NONE =
      new ClientTlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses a certificate without its key, and a key without its certificate. */
  public ClientTlsFiles {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("a certificate and its key belong together");
    }
  }

  /**
   * Reads the files.
   *
   * @throws BadCertificateException when one of them cannot be read
   */
  public ClientTls read() throws BadCertificateException {
    return ClientTls.read(this);
  }

  /** Returns these files, and those of others in place of what is not named here. */
  public ClientTlsFiles orElse(ClientTlsFiles others) {
    return new ClientTlsFiles(
        authorities.or(others::authorities),
        certificate.or(others::certificate),
        key.or(others::key));
  }
}
