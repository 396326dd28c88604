package org.ostraka.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What this server trusts and shows on connections to another one, as its files had it. Two that
 * were read from the same content are equal. Immutable.
 */
public final class ClientTls {
  private final Content content;

  /** The files that are named. */
  private record Content(
      Optional<PemFile> authorities, Optional<PemFile> certificate, Optional<PemFile> key) {}

  private ClientTls(Content content) {
    this.content = content;
  }

  static ClientTls read(ClientTlsFiles files) throws BadCertificateException {
    return new ClientTls(
        new Content(file(files.authorities()), file(files.certificate()), file(files.key())));
  }

  /**
   * Makes the context of connections.
   *
   * @param now the time at which the certificate has to be valid
   * @throws BadCertificateException when a file cannot be used
   */
  public SSLContext context(Instant now) throws BadCertificateException {
    try {
      return TlsContexts.context(
          content.certificate.isPresent()
              ? Optional.of(
                  ServerCertificate.read(content.certificate.get(), content.key.orElseThrow(), now))
              : Optional.empty(),
          content.authorities.isPresent()
              ? Optional.of(TlsContexts.trusting(content.authorities.get()))
              : Optional.empty());
    } catch (GeneralSecurityException | IOException unusable) {
      throw new BadCertificateException("TLS cannot be used: " + unusable.getMessage());
    }
  }

  private static Optional<PemFile> file(Optional<Path> path) throws BadCertificateException {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PemFile.of(path.get(), Files.readAllBytes(path.get())));
    } catch (IOException unreadable) {
      throw new BadCertificateException(
          path.get() + " cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientTls that && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }
}
