package org.ostraka.server.auth;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.AccessKeys;
import org.ostraka.identity.signature.SignatureVerifier;
import org.ostraka.identity.signature.SignedRequest;
import org.ostraka.model.Caller;
import org.ostraka.model.Region;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWork;

/** Finds out who sent a request. Any thread. */
public sealed interface Authentication permits AnyCredential, VerifiedSignature, SlowedFailures {
  /**
   * Returns the sender of a request, and the account and region whose tables it names.
   *
   * @param services the names of the called service that the scope of a credential may have
   * @throws org.ostraka.model.error.ApiException when the request is not authenticated
   * @throws org.ostraka.engine.load.OverloadedException when there is no time to verify it
   */
  Caller caller(HttpRequest request, List<String> services);

  /**
   * Makes the authentication that an operator chose.
   *
   * @param root the root key; without it, any credentials are taken
   * @param accounts maps access keys to accounts
   * @param regions the served regions; empty for all
   * @param heavy verifies the signatures of large requests
   * @param limits slows senders whose requests fail
   */
  static Authentication of(
      Optional<RootKey> root,
      Accounts accounts,
      Set<Region> regions,
      InstantSource clock,
      HeavyWork heavy,
      FailureLimits limits) {
    if (root.isEmpty()) {
      return new AnyCredential(accounts, regions);
    }
    AccessKey key = root.get().accessKey(accounts);
    AccessKeys keys = (id, _) -> key.id().equals(id) ? Optional.of(key) : Optional.empty();
    SignatureVerifier verifier = new SignatureVerifier(keys, clock);
    return new SlowedFailures(new VerifiedSignature(verifier, regions, heavy), keys, limits);
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
