package org.ostraka.voting;

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
import java.time.Duration;
import java.time.Instant;

/** The key of an issuer of voters' tokens. */
record VoterKey(ECKey key) {
  static final String ISSUER = "https://issuer";
  static final String AUDIENCE = "vote";

  static VoterKey make() {
    try {
      return new VoterKey(new ECKeyGenerator(Curve.P_256).keyID("1").generate());
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the public key as a key set. */
  String publicSet() {
    return new JWKSet(key).toString();
  }

  /** Returns a token that names a voter. */
  String token(String voter) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("1").build(),
            new JWTClaimsSet.Builder()
                .subject(voter)
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .claim("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond())
                .build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }
}
