package org.ostraka.voting.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies signatures of tokens. Any thread.
 *
 * <p>What verifies with a key is made once: reading a key and checking that it is a point of its
 * curve take a quarter of the time of a token. There is one for each key of the set and each
 * algorithm that fits it.
 */
final class SignatureChecks {
  private final IdentityHashMap<JWK, Map<JWSAlgorithm, Optional<JWSVerifier>>> verifiers =
      new IdentityHashMap<>();

  SignatureChecks(JWKSet keys) {
    keys.getKeys().forEach(key -> verifiers.put(key, new ConcurrentHashMap<>()));
  }

  /** Returns whether the owner of a key, which is one of the set, signed a token. */
  boolean isSigned(SignedJWT token, JWK key) {
    JWSHeader header = token.getHeader();
    try {
      Optional<JWSVerifier> verifier =
          Optional.ofNullable(verifiers.get(key))
              .orElseThrow()
              .computeIfAbsent(header.getAlgorithm(), _ -> verifier(header, key));
      return verifier.isPresent() && token.verify(verifier.get());
    } catch (JOSEException unusable) {
      // Another key of the set may be the one.
      return false;
    }
  }

  /** Returns what verifies signatures of this algorithm; empty when the key cannot. */
  private static Optional<JWSVerifier> verifier(JWSHeader header, JWK key) {
    if (!(key instanceof AsymmetricJWK asymmetric)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DefaultJWSVerifierFactory().createJWSVerifier(header, asymmetric.toPublicKey()));
    } catch (JOSEException unusable) {
      return Optional.empty();
    }
  }
}
