package org.ostraka.identity.signature;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.MissingAuthenticationTokenException;

/**
 * What a request says about its signature, in the header {@code Authorization} or in its query.
 * Nothing of it is verified. Immutable.
 *
 * @param algorithm the name of the algorithm
 * @param credential the access key's id and the scope
 * @param signedHeaders the names of the signed headers, which semicolons separate
 * @param signature the signature in hexadecimal digits
 * @param date the moment of signing, as the request writes it
 * @param form where the parameters are
 * @param lifetimeSeconds how long a presigned request is valid, as it writes it; empty when it does
 *     not
 * @param token the session token; empty when there is none
 */
record SignatureParameters(
    String algorithm,
    String credential,
    String signedHeaders,
    String signature,
    String date,
    Form form,
    Optional<String> lifetimeSeconds,
    Optional<String> token) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String QUERY_ALGORITHM = "X-Amz-Algorithm";
  private static final String TOKEN = "X-Amz-Security-Token";
  private static final List<String> REQUIRED_IN_QUERY =
      List.of(
          QUERY_ALGORITHM,
          "X-Amz-Credential",
          QueryString.SIGNATURE,
          "X-Amz-SignedHeaders",
          "X-Amz-Date");

  /** The longest time for which a request can be signed in advance. */
  private static final long MAX_LIFETIME_SECONDS = Duration.ofDays(7).toSeconds();

  private static final int MAX_LIFETIME_DIGITS = 9;

  /** Where a request has its signature. */
  enum Form {
    /** In {@code Authorization}, with the date in {@code X-Amz-Date}. */
    HEADER,
    /** In {@code Authorization}, with the date in {@code Date}. */
    HEADER_AND_DATE,
    /** In the query of a presigned request. */
    QUERY
  }

  /** Finds the parameters of a request. Refuses a request that lacks some. */
  static SignatureParameters of(SignedRequest request, QueryString query) {
    Optional<String> header = request.header("Authorization");
    boolean presigned = query.has(QUERY_ALGORITHM);
    if (presigned && header.isPresent()) {
      throw new InvalidSignatureException(
          "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP"
              + " header.");
    }
    if (presigned) {
      return ofQuery(query);
    }
    return header
        .filter(text -> text.startsWith("AWS4-"))
        .map(text -> ofHeader(text, request))
        .orElseThrow(() ->
            new MissingAuthenticationTokenException("Request is missing Authentication Token"));
  }

  private static SignatureParameters ofHeader(String text, SignedRequest request) {
    Optional<String> date = request.header("X-Amz-Date");
    Optional<String> anyDate = date.or(() -> request.header("Date"));
    AuthorizationHeader header = AuthorizationHeader.read(text, anyDate.isPresent());
    return new SignatureParameters(
        header.algorithm(),
        header.credential(),
        header.signedHeaders().orElse(""),
        header.signature(),
        anyDate.orElse(""),
        date.isPresent() ? Form.HEADER : Form.HEADER_AND_DATE,
        Optional.empty(),
        request.header(TOKEN).filter(token -> !token.isEmpty()));
  }

  private static SignatureParameters ofQuery(QueryString query) {
    StringBuilder problems = new StringBuilder();
    for (String name : REQUIRED_IN_QUERY) {
      if (query.value(name).isEmpty()) {
        problems.append("AWS query-string parameters must include '").append(name).append("'. ");
      }
    }
    if (!problems.isEmpty()) {
      throw new IncompleteSignatureException(problems + "Re-examine the query-string parameters.");
    }
    return new SignatureParameters(
        query.value(QUERY_ALGORITHM).orElse(""),
        query.value("X-Amz-Credential").orElse(""),
        query.value("X-Amz-SignedHeaders").orElse(""),
        query.value(QueryString.SIGNATURE).orElse(""),
        query.value("X-Amz-Date").orElse(""),
        Form.QUERY,
        query.value("X-Amz-Expires"),
        query.value(TOKEN));
  }

  /** Returns the moment of signing. Refuses one that is malformed. */
  SigningTime time() {
    return form == Form.HEADER_AND_DATE ? SigningTime.ofDateHeader(date) : SigningTime.of(date);
  }

  /** Returns how long after its moment the signature is valid. */
  Duration lifetime() {
    return lifetimeSeconds.map(SignatureParameters::lifetime).orElse(SigningTime.TOLERANCE);
  }

  /** The texts are those of S3, the only service whose answers were found. */
  private static Duration lifetime(String seconds) {
    boolean whole =
        seconds.length() <= MAX_LIFETIME_DIGITS
            && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!whole) {
      throw new InvalidSignatureException("X-Amz-Expires should be a number");
    }
    long value = Long.parseLong(seconds);
    if (value > MAX_LIFETIME_SECONDS) {
      throw new InvalidSignatureException(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return Duration.ofSeconds(value);
  }

  void requireKnownAlgorithm() {
    if (!algorithm.equals(ALGORITHM)) {
      throw new IncompleteSignatureException(
          "Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ");
    }
  }
}
