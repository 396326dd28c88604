package org.ostraka.server.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a file in PEM (RFC 7468). Immutable.
 *
 * @param path where the file is, for messages
 * @param text its content
 */
record PemFile(Path path, String text) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  static PemFile of(Path path, byte[] content) {
    return new PemFile(path, new String(content, StandardCharsets.ISO_8859_1));
  }

  /** Returns the certificates in their order, at least one. */
  List<X509Certificate> certificates() throws BadCertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        certificates.add(certificate(decoded(block.group(2))));
      }
    }
    if (certificates.isEmpty()) {
      throw bad("it has no certificate (-----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  /**
   * Returns the private key.
   *
   * @param algorithm the algorithm of the certificate's public key
   */
  PrivateKey privateKey(String algorithm) throws BadCertificateException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return privateKey(algorithm, decoded(block.group(2)));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw bad("the key is encrypted; store it without a passphrase: openssl pkcs8 -in KEY");
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw bad(
                "the key is not in PKCS#8; convert it: openssl pkcs8 -topk8 -nocrypt -in KEY");
        default -> {
          // A certificate or parameters of a curve may stand before the key.
        }
      }
    }
    throw bad("it has no private key (-----BEGIN PRIVATE KEY-----)");
  }

  private PrivateKey privateKey(String algorithm, byte[] encoded) throws BadCertificateException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException _) {
      // The cause may quote the key.
      throw bad("the key is no " + algorithm + " key, as the certificate has one");
    }
  }

  private X509Certificate certificate(byte[] encoded) throws BadCertificateException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (CertificateException broken) {
      throw bad("a certificate cannot be read: " + broken.getMessage());
    }
  }

  private byte[] decoded(String base64) throws BadCertificateException {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw bad("a block is not in Base64");
    }
  }

  private BadCertificateException bad(String why) {
    return new BadCertificateException(path + ": " + why);
  }
}
