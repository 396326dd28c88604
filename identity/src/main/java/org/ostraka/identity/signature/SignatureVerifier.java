package org.ostraka.identity.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.model.error.ExpiredTokenException;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.UnrecognizedClientException;

/**
 * Verifies AWS Signature Version 4 in the service's order: parameters, date, signed headers,
 * algorithm, scope, access key, signature, session token. Any thread.
 *
 * <p>{@code SignatureVerifierTest} pins the messages and names their sources.
 */
public final class SignatureVerifier {
  private static final String INVALID_TOKEN =
      "The security token included in the request is invalid";

  private final AccessKeys keys;
  private final InstantSource clock;
  private final SigningKeys signingKeys = new SigningKeys();

  public SignatureVerifier(AccessKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Returns who signed a request.
   *
   * @throws org.ostraka.model.error.ApiException when it is not signed, or not by an active key for
   *     this service at this time
   */
  public Signer verify(SignedRequest request, ServedScopes served) {
    QueryString query = QueryString.of(request.query());
    SignatureParameters parameters = SignatureParameters.of(request, query);
    SigningTime time = parameters.time();
    Instant now = clock.instant();
    time.requireCurrent(now, parameters.lifetime());
    SignedHeaders signed = SignedHeaders.of(parameters.signedHeaders());
    signed.requireIn(request);
    parameters.requireKnownAlgorithm();
    CredentialScope scope = CredentialScope.of(parameters.credential());
    scope.require(served, time);
    AccessKey key = key(scope.accessKeyId(), parameters.token());
    requireSignature(CanonicalRequest.of(request, query, signed), time, scope, key, parameters);
    requireToken(key, parameters.token(), now);
    return new Signer(key, scope.region());
  }

  /** A key of a session does not exist for a request without a token. */
  private AccessKey key(String id, Optional<String> token) {
    return keys.find(id, token)
        .filter(key -> key.session().isEmpty() || token.isPresent())
        .orElseThrow(() -> new UnrecognizedClientException(INVALID_TOKEN + "."));
  }

  private void requireSignature(
      String canonical,
      SigningTime time,
      CredentialScope scope,
      AccessKey key,
      SignatureParameters parameters) {
    String stringToSign = StringToSign.of(time.text(), scope, canonical);
    SigningKeys.Use use = SigningKeys.Use.of(key.secret(), scope);
    byte[] signingKey = signingKeys.of(use);
    String expected = Hash.hex(Hash.keyed(signingKey, stringToSign));
    boolean matches =
        MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8),
            parameters.signature().getBytes(StandardCharsets.UTF_8));
    if (!matches) {
      throw new InvalidSignatureException(
          mismatch(withoutToken(canonical, parameters.token()), stringToSign));
    }
    signingKeys.keep(use, signingKey);
  }

  /** Session tokens are credentials: an error does not show them. */
  private static String withoutToken(String canonical, Optional<String> token) {
    return token
        .map(secret ->
            canonical
                .replace(secret, "(token)")
                .replace(PercentEncoding.ofQueryPart(secret), "(token)"))
        .orElse(canonical);
  }

  private static String mismatch(String canonical, String stringToSign) {
    return "The request signature we calculated does not match the signature you provided. Check"
        + " your AWS Secret Access Key and signing method. Consult the service documentation for"
        + " details.\n\nThe Canonical String for this request should have been\n'"
        + canonical
        + "'\n\nThe String-to-Sign should have been\n'"
        + stringToSign
        + "'\n";
  }

  private static void requireToken(AccessKey key, Optional<String> token, Instant now) {
    Optional<AccessKey.Session> session = key.session();
    if (session.isEmpty() && token.isEmpty()) {
      return;
    }
    boolean matches =
        session.isPresent() && token.isPresent() && session.get().token().matches(token.get());
    if (!matches) {
      throw new UnrecognizedClientException(INVALID_TOKEN);
    }
    if (!now.isBefore(session.get().end())) {
      throw new ExpiredTokenException("The security token included in the request is expired");
    }
  }
}
