package org.ostraka.server.auth;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.identity.signature.SignatureVerifier;
import org.ostraka.identity.signature.SignedRequest;
import org.ostraka.model.Caller;
import org.ostraka.model.Origin;
import org.ostraka.model.Region;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWork;

/** Finds out who sent a request. Any thread. */
public sealed interface Authentication
    permits AnyCredential, FromTheFirstKeyOn, ShownCertificate, SlowedFailures, VerifiedSignature {
  /**
   * Returns the sender of a request, and the account and region whose tables it names.
   *
   * @param services the names of the called service that the scope of a credential may have
   * @throws org.ostraka.model.error.ApiException when the request is not authenticated
   * @throws org.ostraka.engine.load.OverloadedException when there is no time to verify it
   */
  Caller caller(HttpRequest request, List<String> services);

  /**
   * Makes the authentication of a server: it verifies signatures as soon as there are keys.
   *
   * @param accounts maps access keys to accounts as long as any credentials are taken
   * @param regions the served regions; empty for all
   * @param heavy verifies the signatures of large requests
   * @param limits slows senders whose requests fail
   */
  static Authentication of(
      KnownKeys keys,
      Accounts accounts,
      Set<Region> regions,
      InstantSource clock,
      HeavyWork heavy,
      FailureLimits limits) {
    SignatureVerifier verifier = new SignatureVerifier(keys, clock);
    return new FromTheFirstKeyOn(
        keys,
        new SlowedFailures(
            new VerifiedSignature(verifier, regions, heavy, keys, clock), keys, limits),
        new AnyCredential(accounts, regions));
  }

  /**
   * Takes the certificates of clients in place of signatures too.
   *
   * @param signed decides about requests with a signature, and of clients whose certificate stands
   *     for nobody
   */
  static Authentication withCertificates(
      CertificateHolders holders, Authentication signed, InstantSource clock) {
    return new ShownCertificate(holders, signed, clock);
  }

  /** Returns where a request comes from, which conditions of policies may ask for. */
  static Origin origin(HttpRequest request) {
    return new Origin(
        Optional.of(request.peer().address()),
        request.peer().encryption().isPresent(),
        request.headers().first("User-Agent"));
  }

  /** Returns the parts of a request that a signature covers: the body is that of the wire. */
  static SignedRequest signedPart(HttpRequest request) {
    return new SignedRequest(
        request.method(),
        request.path(),
        request.query().orElse(""),
        request.headers()::all,
        request.wireBody());
  }
}
