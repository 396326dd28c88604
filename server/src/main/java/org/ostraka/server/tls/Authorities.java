package org.ostraka.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Makes TLS contexts for connections from this server to others. Stateless. */
public final class Authorities {
  private Authorities() {}

  /**
   * Returns a context for connections to servers whose certificates one of these authorities has
   * signed.
   *
   * @param file their certificates in PEM
   * @throws BadCertificateException when the file cannot be used
   */
  public static SSLContext trusting(Path file) throws BadCertificateException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, TlsContexts.trusting(PemFile.of(file, Files.readAllBytes(file))), null);
      return context;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new BadCertificateException(file + " cannot be used: " + unusable.getMessage());
    }
  }
}
