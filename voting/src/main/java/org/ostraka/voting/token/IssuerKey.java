package org.ostraka.voting.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The private key of an issuer of voters' tokens, for loads and the demo: whoever has it can vote
 * for everybody. Immutable.
 */
public final class IssuerKey {
  private static final Duration VALID = Duration.ofHours(1);
  private static final Set<String> OWN_CLAIMS = Set.of("sub", "iss", "aud", "exp");

  private final ECKey key;
  private final ECDSASigner signer;
  private final String issuer;
  private final String audience;
  private final InstantSource clock;
  private final Map<String, Set<String>> claims;

  private IssuerKey(
      ECKey key,
      ECDSASigner signer,
      String issuer,
      String audience,
      InstantSource clock,
      Map<String, Set<String>> claims) {
    this.key = key;
    this.signer = signer;
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
    this.claims = claims;
  }

  private static IssuerKey of(ECKey key, String issuer, String audience, InstantSource clock)
      throws JOSEException {
    return new IssuerKey(key, new ECDSASigner(key), issuer, audience, clock, Map.of());
  }

  /**
   * Returns the same key for tokens that have these claims, too: a text for a claim with one value,
   * a list for one with several.
   *
   * @throws IllegalArgumentException if one of them is a claim that tokens have anyway
   */
  public IssuerKey withClaims(Map<String, Set<String>> others) {
    if (!Collections.disjoint(others.keySet(), OWN_CLAIMS)) {
      throw new IllegalArgumentException("each token has its own sub, iss, aud and exp");
    }
    return new IssuerKey(key, signer, issuer, audience, clock, Map.copyOf(others));
  }

  /** Makes a new key. */
  public static IssuerKey make(String issuer, String audience, InstantSource clock) {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
      return of(key, issuer, audience, clock);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("every Java has P-256", impossible);
    }
  }

  /** Reads a private key, a JWK of the curve P-256. */
  public static IssuerKey open(Path file, String issuer, String audience, InstantSource clock)
      throws IOException {
    try {
      return of(ECKey.parse(Files.readString(file)), issuer, audience, clock);
    } catch (ParseException | JOSEException malformed) {
      throw new IOException(file + " is no private JWK of an elliptic curve", malformed);
    }
  }

  /** Returns the private key as a JWK. */
  public String secret() {
    return key.toString();
  }

  /** Returns the public key as a key set. */
  public String publicSet() {
    return new JWKSet(key).toString();
  }

  /** Returns a token that names a voter. */
  public String token(String voter) {
    JWTClaimsSet.Builder said =
        new JWTClaimsSet.Builder()
            .subject(voter)
            .issuer(issuer)
            .audience(audience)
            .claim("exp", clock.instant().plus(VALID).getEpochSecond());
    claims.forEach((claim, values) -> {
      var _ =
          said.claim(claim, values.size() == 1 ? values.iterator().next() : List.copyOf(values));
    });
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), said.build());
    try {
      token.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the key cannot sign", impossible);
    }
    return token.serialize();
  }
}
