package org.ostraka.server.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * The certificate that the server shows, with its key. Immutable.
 *
 * @param chain the certificate, followed by those of the authorities that lead to a root
 * @param key its private key
 */
record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] PROBE = "ostraka".getBytes(StandardCharsets.US_ASCII);

  ServerCertificate {
    chain = List.copyOf(chain);
  }

  /** Reads a certificate and its key, and refuses what no client could accept. */
  static ServerCertificate read(PemFile certificateFile, PemFile keyFile, Instant now)
      throws BadCertificateException {
    List<X509Certificate> chain = certificateFile.certificates();
    PrivateKey key = keyFile.privateKey(chain.getFirst().getPublicKey().getAlgorithm());
    ServerCertificate read = new ServerCertificate(chain, key);
    read.requireChain(certificateFile.path());
    read.requireValid(certificateFile.path(), now);
    if (!read.hasMatchingKey()) {
      throw new BadCertificateException(
          keyFile.path()
              + ": the key does not belong to the certificate in "
              + certificateFile.path());
    }
    return read;
  }

  /** Returns when the certificate is no longer valid. */
  Instant expires() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** Returns the name of the certificate's subject. */
  String subject() {
    return chain.getFirst().getSubjectX500Principal().getName();
  }

  private void requireChain(Path file) throws BadCertificateException {
    for (int i = 0; i + 1 < chain.size(); i++) {
      try {
        chain.get(i).verify(chain.get(i + 1).getPublicKey());
      } catch (GeneralSecurityException _) {
        throw new BadCertificateException(
            "%s: certificate %d does not sign certificate %d; the server's comes first, then its authorities"
                .formatted(file, i + 2, i + 1));
      }
    }
  }

  private void requireValid(Path file, Instant now) throws BadCertificateException {
    X509Certificate own = chain.getFirst();
    try {
      own.checkValidity(Date.from(now));
    } catch (CertificateExpiredException _) {
      throw new BadCertificateException(
          file + ": the certificate expired at " + own.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException _) {
      throw new BadCertificateException(
          file + ": the certificate is not valid before " + own.getNotBefore().toInstant());
    }
  }

  /** Returns whether the public key verifies what the private key signs. */
  private boolean hasMatchingKey() {
    String algorithm = key.getAlgorithm();
    String name =
        switch (algorithm) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> algorithm;
        };
    try {
      Signature signing = Signature.getInstance(name);
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(name);
      verifying.initVerify(chain.getFirst().getPublicKey());
      verifying.update(PROBE);
      return verifying.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
