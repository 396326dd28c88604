package org.ostraka.testkit.certificate;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A certificate with its key. Immutable.
 *
 * @param chain the certificate, followed by those of its authorities up to the root
 * @param key its private key
 */
public record IssuedCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final int LINE_CHARACTERS = 64;

  /** Copies the chain. */
  public IssuedCertificate {
    chain = List.copyOf(chain);
  }

  /** Returns the chain without the root, in PEM. */
  public String chainPem() {
    return chain.subList(0, Math.max(1, chain.size() - 1)).stream()
        .map(certificate -> pem("CERTIFICATE", encoded(certificate)))
        .collect(Collectors.joining());
  }

  /** Returns the key in PEM. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError("a certificate that was read can be written", e);
    }
  }

  static String pem(String label, byte[] content) {
    byte[] lineBreak = "\n".getBytes(StandardCharsets.US_ASCII);
    String text = Base64.getMimeEncoder(LINE_CHARACTERS, lineBreak).encodeToString(content);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, text, label);
  }
}
