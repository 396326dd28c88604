package org.ostraka.server.auth;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.ostraka.identity.signature.AccessKeys;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.identity.signature.ServedScopes;
import org.ostraka.identity.signature.SignatureVerifier;
import org.ostraka.identity.signature.SignedRequest;
import org.ostraka.identity.signature.Signer;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.work.HeavyWork;

/**
 * Verifies the signature of every request. Any thread.
 *
 * @param verifier knows the access keys
 * @param regions the served regions; empty for all
 * @param heavy verifies the signatures of large requests, since their bodies are hashed
 * @param keys note when keys are used
 */
record VerifiedSignature(
    SignatureVerifier verifier,
    Set<Region> regions,
    HeavyWork heavy,
    AccessKeys keys,
    InstantSource clock)
    implements Authentication {
  /** Hashing a body of this size takes about a millisecond. */
  private static final int LARGE_BODY_BYTES = 512 * 1024;

  VerifiedSignature {
    regions = Set.copyOf(regions);
  }

  @Override
  public Caller caller(HttpRequest request, List<String> services) {
    SignedRequest signed = Authentication.signedPart(request);
    ServedScopes served = new ServedScopes(regions, services);
    Signer signer =
        signed.body().length > LARGE_BODY_BYTES
            ? heavy.call(() -> verifier.verify(signed, served))
            : verifier.verify(signed, served);
    keys.used(
        signer.key(), new KeyUse(clock.instant(), services.getFirst(), signer.region().toString()));
    return new Caller(
        signer.key().principal(),
        new Owner(signer.key().account(), signer.region()),
        signer.key().details(),
        Authentication.origin(request));
  }
}
