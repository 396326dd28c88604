package org.ostraka.identity.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** A name that a certificate has for its holder (RFC 5280). Immutable. */
public sealed interface CertificateName {
  /** The kind of alternative names that are URIs, as {@link X509Certificate} numbers them. */
  int URI_KIND = 6;

  /** The kind of alternative names that are DNS names. */
  int DNS_KIND = 2;

  /**
   * The distinguished name of the subject, such as {@code CN=ballots,O=Example}. Names compare as
   * X.500 says: case and repeated spaces do not count.
   */
  record Subject(X500Principal name) implements CertificateName {}

  /** An alternative name that is a URI, such as a SPIFFE id. */
  record Uri(String uri) implements CertificateName {}

  /** An alternative name that is a DNS name, in lower case. */
  record Dns(String name) implements CertificateName {
    public Dns {
      name = name.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns the names of a certificate: its URIs, its DNS names, then its subject if it has one.
   */
  static List<CertificateName> of(X509Certificate certificate) {
    List<CertificateName> names = new ArrayList<>();
    alternatives(certificate, URI_KIND).forEach(uri -> names.add(new Uri(uri)));
    alternatives(certificate, DNS_KIND).forEach(name -> names.add(new Dns(name)));
    X500Principal subject = certificate.getSubjectX500Principal();
    if (!subject.getName().isEmpty()) {
      names.add(new Subject(subject));
    }
    return names;
  }

  private static List<String> alternatives(X509Certificate certificate, int kind) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(kind))
              .map(name -> (String) name.getLast())
              .toList();
    } catch (CertificateParsingException _) {
      return List.of(); // what cannot be read names nobody
    }
  }
}
