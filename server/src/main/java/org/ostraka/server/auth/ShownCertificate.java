package org.ostraka.server.auth;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.ostraka.identity.certificate.CertificateHolder;
import org.ostraka.model.Caller;
import org.ostraka.model.Session;
import org.ostraka.model.error.ExpiredTokenException;
import org.ostraka.model.error.UnrecognizedClientException;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.Peer;

/**
 * Takes the certificate of the connection in place of a signature, if a request has none. Any
 * thread.
 *
 * @param holders for whom certificates stand
 * @param signed decides about requests with a signature, and of clients without such a certificate
 */
record ShownCertificate(CertificateHolders holders, Authentication signed, InstantSource clock)
    implements Authentication {
  @Override
  public Caller caller(HttpRequest request, List<String> services) {
    if (isSigned(request)) {
      return signed.caller(request, services);
    }
    Optional<X509Certificate> certificate =
        request.peer().encryption().flatMap(Peer.Encryption::clientCertificate);
    Optional<CertificateHolder> holder = certificate.flatMap(holders::named);
    if (holder.isEmpty()) {
      return signed.caller(request, services);
    }
    requireValid(certificate.orElseThrow());
    CertificateHolders.Holder found =
        holders
            .find(holder.get(), certificate.orElseThrow())
            .orElseThrow(() ->
                new UnrecognizedClientException(
                    "The security token included in the request is invalid"));
    request.peer().prove();
    return new Caller(
        found.principal(), found.owner(), Session.NONE, Authentication.origin(request));
  }

  private static boolean isSigned(HttpRequest request) {
    return request.headers().first("Authorization").isPresent()
        || request.query().filter(query -> query.contains("X-Amz-")).isPresent();
  }

  /** Refuses a certificate that has ended since the connection was opened. */
  private void requireValid(X509Certificate certificate) {
    try {
      certificate.checkValidity(Date.from(clock.instant()));
    } catch (CertificateExpiredException | CertificateNotYetValidException _) {
      throw new ExpiredTokenException("The security token included in the request is expired");
    }
  }
}
