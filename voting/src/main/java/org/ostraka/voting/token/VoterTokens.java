package org.ostraka.voting.token;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Finds out who a voter is, from a token of an OpenID Connect provider ("OpenID Connect Core 1.0",
 * section 3.1.3.7). Any thread.
 *
 * <p>A token needs a signature by a public key, the issuer, the audience and a time of expiry. The
 * voter is its subject.
 */
public final class VoterTokens {
  private static final Pattern SUBJECT = Pattern.compile("[!-~]{1,255}");

  // A token has some 400 bytes.
  private static final int MAX_VERIFIED = 20_000;

  private volatile Keys keys;
  private final String issuer;
  private final String audience;
  private final InstantSource clock;

  /** A key set, and the tokens whose signatures it has verified. */
  private record Keys(JWKSet set, SignatureChecks signatures, Map<String, VerifiedToken> verified) {

    static Keys of(String json) {
      try {
        JWKSet set = JWKSet.parse(json);
        if (set.isEmpty()) {
          throw new IllegalArgumentException("a key set without keys");
        }
        return new Keys(set, new SignatureChecks(set), new ConcurrentHashMap<>());
      } catch (ParseException malformed) {
        throw new IllegalArgumentException("malformed key set", malformed);
      }
    }

    boolean isSigned(SignedJWT token) {
      // There is no matcher for an algorithm that the library does not know.
      return Optional.ofNullable(JWKMatcher.forJWSHeader(token.getHeader())).stream()
          .flatMap(matcher -> new JWKSelector(matcher).select(set).stream())
          .anyMatch(key -> signatures.isSigned(token, key));
    }

    void remember(String token, VerifiedToken known) {
      if (verified.size() >= MAX_VERIFIED) {
        verified.clear();
      }
      verified.put(token, known);
    }
  }

  /**
   * Makes the verifier.
   *
   * @param keys the provider's key set as JSON
   * @throws IllegalArgumentException if it is none
   */
  public VoterTokens(String keys, String issuer, String audience, InstantSource clock) {
    this.keys = Keys.of(keys);
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * Takes other keys. Tokens that only the keys before have signed are not valid any more.
   *
   * @param json the provider's key set
   * @throws IllegalArgumentException if it is none; the keys stay as they were
   */
  public void replaceKeys(String json) {
    keys = Keys.of(json);
  }

  /** Returns whom a token names; empty if it is not valid. */
  public Optional<String> voter(String token) {
    return verify(token).map(VerifiedToken::subject);
  }

  /**
   * Returns what a token says; empty if it is not valid. A voter who sends a vote again has the
   * same token: a signature that was verified is remembered, since verifying is most of what a
   * repeated vote costs.
   */
  public Optional<VerifiedToken> verify(String token) {
    Keys current = keys;
    Optional<VerifiedToken> known = Optional.ofNullable(current.verified().get(token));
    return known.isPresent() ? known.filter(it -> isCurrent(it.claims())) : verify(token, current);
  }

  private Optional<VerifiedToken> verify(String token, Keys current) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      if (!current.isSigned(signed)) {
        return Optional.empty();
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      Optional<VerifiedToken> read =
          Optional.ofNullable(claims.getSubject())
              .filter(subject -> SUBJECT.matcher(subject).matches() && isCurrent(claims))
              .map(subject -> new VerifiedToken(subject, claims));
      read.ifPresent(it -> current.remember(token, it));
      return read;
    } catch (ParseException malformed) {
      return Optional.empty();
    }
  }

  private boolean isCurrent(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Optional<Instant> expires =
        Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant);
    Optional<Instant> notBefore =
        Optional.ofNullable(claims.getNotBeforeTime()).map(Date::toInstant);
    return issuer.equals(claims.getIssuer())
        && claims.getAudience().contains(audience)
        && expires.filter(now::isBefore).isPresent()
        && notBefore.filter(now::isBefore).isEmpty();
  }
}
