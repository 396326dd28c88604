package org.ostraka.server.webidentity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.iam.WebIdentity;
import org.ostraka.engine.iam.WebIdentityTokens;
import org.ostraka.identity.directory.IdentityProvider;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;

/**
 * Verifies tokens of OpenID Connect providers: "ID Token Validation" in OpenID Connect Core 1.0,
 * section 3.1.3.7. Any thread.
 *
 * <p>A token has to have a signature by a public key: neither {@code none} nor an algorithm with a
 * shared secret is accepted.
 */
public final class SignedTokens implements WebIdentityTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** How far the provider's clock may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final ProviderKeys keys;
  private final InstantSource clock;

  /**
   * Makes a verifier.
   *
   * @param files the files of keys by their issuers
   * @param trust whose certificates are trusted; those of the platform when absent
   */
  public SignedTokens(Map<String, Path> files, Optional<SSLContext> trust, InstantSource clock) {
    this.keys = new ProviderKeys(files, trust, clock);
    this.clock = clock;
  }

  @Override
  public String issuer(String token) {
    return Optional.ofNullable(claims(signed(token)).getIssuer()).orElseThrow(() -> missing("iss"));
  }

  @Override
  public WebIdentity verified(String token, IdentityProvider provider) {
    SignedJWT signed = signed(token);
    requireSignature(signed, provider);
    JWTClaimsSet claims = claims(signed);
    if (!KeyLocations.issuer(provider).equals(claims.getIssuer())) {
      throw invalid();
    }
    requireTime(claims);
    String subject =
        Optional.ofNullable(claims.getSubject())
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> missing("sub"));
    if (claims.getAudience().isEmpty()) {
      throw missing("aud");
    }
    return new WebIdentity(
        subject,
        claims.getAudience(),
        Optional.ofNullable(claims.getClaim("azp")).map(Object::toString),
        TokenClaims.texts(claims.getClaim("amr")),
        TokenClaims.tags(claims));
  }

  private static SignedJWT signed(String token) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      if (ALGORITHMS.contains(signed.getHeader().getAlgorithm())) {
        return signed;
      }
      throw invalid();
    } catch (ParseException malformed) {
      throw notAToken();
    }
  }

  private static JWTClaimsSet claims(SignedJWT token) {
    try {
      return Optional.ofNullable(token.getJWTClaimsSet()).orElseThrow(SignedTokens::notAToken);
    } catch (ParseException malformed) {
      throw notAToken();
    }
  }

  private void requireSignature(SignedJWT token, IdentityProvider provider) {
    List<JWK> found;
    try {
      found = keys.matching(provider, token.getHeader());
    } catch (KeySetException failure) {
      throw failure.isTransient()
          ? IamError.IDP_COMMUNICATION_ERROR.because(
              "Couldn't reach the identity provider " + provider.url())
          : noKey();
    }
    if (found.isEmpty()) {
      throw noKey();
    }
    if (found.stream().noneMatch(key -> isSignedBy(token, key))) {
      throw invalid();
    }
  }

  private static boolean isSignedBy(SignedJWT token, JWK key) {
    try {
      return key instanceof AsymmetricJWK pair
          && token.verify(
              new DefaultJWSVerifierFactory()
                  .createJWSVerifier(token.getHeader(), pair.toPublicKey()));
    } catch (JOSEException unsuitable) {
      return false;
    }
  }

  private void requireTime(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Instant end =
        Optional.ofNullable(claims.getExpirationTime())
            .map(Date::toInstant)
            .orElseThrow(() -> missing("exp"));
    if (!now.isBefore(end)) {
      throw IamError.EXPIRED_IDENTITY_TOKEN.because(
          "Token expired: current date/time "
              + now.getEpochSecond()
              + " must be before the expiration date/time"
              + end.getEpochSecond());
    }
    if (claims.getIssueTime() == null) {
      throw missing("iat");
    }
    requirePast(claims.getIssueTime(), now);
    requirePast(claims.getNotBeforeTime(), now);
  }

  private static void requirePast(@Nullable Date time, Instant now) {
    if (time != null && time.toInstant().isAfter(now.plus(SKEW))) {
      throw invalid();
    }
  }

  private static IamException notAToken() {
    return IamError.INVALID_IDENTITY_TOKEN.because(
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
            + " Token)");
  }

  private static IamException missing(String claim) {
    return IamError.INVALID_IDENTITY_TOKEN.because("Missing a required claim: " + claim);
  }

  private static IamException noKey() {
    return IamError.INVALID_IDENTITY_TOKEN.because(
        "Couldn't retrieve verification key from your identity provider,  please reference"
            + " AssumeRoleWithWebIdentity documentation for requirements");
  }

  private static IamException invalid() {
    return IamError.INVALID_IDENTITY_TOKEN.because(
        "The web identity token that was passed could not be validated");
  }
}
