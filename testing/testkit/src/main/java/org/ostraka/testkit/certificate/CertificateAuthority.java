package org.ostraka.testkit.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/** Signs certificates for tests (RFC 5280), for {@code localhost} and 127.0.0.1. Any thread. */
public final class CertificateAuthority {
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final byte[] SIGNED_WITH = Der.sequence(Der.objectId("1.2.840.10045.4.3.2"));

  /** The kind of a certificate's key. */
  public enum KeyKind {
    RSA,
    EC
  }

  private final IssuedCertificate own;

  private CertificateAuthority(IssuedCertificate own) {
    this.own = own;
  }

  /** Makes an authority with a certificate that it has signed itself. */
  public static CertificateAuthority create(String name) {
    KeyPair keys = keys(KeyKind.EC);
    X500Principal subject = new X500Principal("CN=" + name);
    X509Certificate certificate = sign(subject, subject, keys, keys, authorityUse(), aroundNow());
    return new CertificateAuthority(new IssuedCertificate(List.of(certificate), keys.getPrivate()));
  }

  /** Returns an authority below this one. */
  public CertificateAuthority below(String name) {
    KeyPair keys = keys(KeyKind.EC);
    return new CertificateAuthority(issue("CN=" + name, keys, authorityUse(), aroundNow()));
  }

  /** Issues a certificate that is valid now. */
  public IssuedCertificate issue(String distinguishedName, KeyKind kind) {
    return issue(distinguishedName, keys(kind), names(Optional.empty()), aroundNow());
  }

  /** Issues a certificate with a URI as another name, such as a SPIFFE id. */
  public IssuedCertificate issueWithUri(String distinguishedName, String uri) {
    return issue(distinguishedName, keys(KeyKind.EC), names(Optional.of(uri)), aroundNow());
  }

  /** Issues a certificate that expired a day ago. */
  public IssuedCertificate issueExpired(String distinguishedName) {
    Instant now = Instant.now();
    List<Instant> past = List.of(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)));
    return issue(distinguishedName, keys(KeyKind.EC), names(Optional.empty()), past);
  }

  /** Issues a certificate that is valid for a day from some time on. */
  public IssuedCertificate issueFrom(String distinguishedName, Instant start) {
    List<Instant> day = List.of(start, start.plus(Duration.ofDays(1)));
    return issue(distinguishedName, keys(KeyKind.EC), names(Optional.empty()), day);
  }

  /** Returns the authority's own certificate. */
  public X509Certificate certificate() {
    return own.chain().getFirst();
  }

  /** Returns the authority's own certificate in PEM. */
  public String pem() {
    return IssuedCertificate.pem("CERTIFICATE", IssuedCertificate.encoded(certificate()));
  }

  private IssuedCertificate issue(
      String name, KeyPair keys, byte[] extension, List<Instant> validity) {
    X509Certificate issued =
        sign(
            new X500Principal(name),
            certificate().getSubjectX500Principal(),
            keys,
            new KeyPair(certificate().getPublicKey(), own.key()),
            extension,
            validity);
    List<X509Certificate> chain = new ArrayList<>(List.of(issued));
    chain.addAll(own.chain());
    return new IssuedCertificate(chain, keys.getPrivate());
  }

  private static List<Instant> aroundNow() {
    Instant now = Instant.now();
    return List.of(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(60)));
  }

  private static KeyPair keys(KeyKind kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.name());
      generator.initialize(kind == KeyKind.RSA ? 2048 : 256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the JDK has no keys of " + kind, e);
    }
  }

  private static X509Certificate sign(
      X500Principal subject,
      X500Principal issuer,
      KeyPair keys,
      KeyPair signer,
      byte[] extension,
      List<Instant> validity) {
    byte[] content =
        Der.sequence(
            Der.value(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(BigInteger.valueOf(SERIAL.getAndIncrement())),
            SIGNED_WITH,
            issuer.getEncoded(),
            Der.sequence(Der.time(validity.getFirst()), Der.time(validity.getLast())),
            subject.getEncoded(),
            keys.getPublic().getEncoded(),
            Der.value(0xa3, Der.sequence(extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer.getPrivate());
      signature.update(content);
      byte[] certificate = Der.sequence(content, SIGNED_WITH, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the certificate is not well made", e);
    }
  }

  private static byte[] authorityUse() {
    return Der.sequence(Der.objectId("2.5.29.19"), Der.yes(), Der.octets(Der.sequence(Der.yes())));
  }

  private static byte[] names(Optional<String> uri) {
    byte[] host = Der.value(0x82, "localhost".getBytes(StandardCharsets.US_ASCII));
    byte[] address = Der.value(0x87, LOOPBACK);
    byte[] other =
        uri.map(text -> Der.value(0x86, text.getBytes(StandardCharsets.US_ASCII)))
            .orElse(new byte[0]);
    return Der.sequence(Der.objectId("2.5.29.17"), Der.octets(Der.sequence(host, address, other)));
  }
}
