package org.ostraka.identity.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;

/**
 * The access key that a request names, and the date, region and service for which it is signed.
 * Immutable.
 *
 * @param accessKeyId the access key's id
 * @param date the day, such as {@code 20261128}
 * @param regionName the region
 * @param service the service, such as {@code dynamodb}
 * @param terminator the word {@code aws4_request}
 */
public record CredentialScope(
    String accessKeyId, String date, String regionName, String service, String terminator) {
  private static final String TERMINATOR = "aws4_request";
  private static final int PARTS = 5;

  /**
   * Returns the scope that a request claims. Verifies that it is complete and served here, but
   * neither its signature nor its date.
   *
   * @throws org.ostraka.model.error.ApiException when the request has no complete signature, or is
   *     for another region or service
   */
  public static CredentialScope claimedBy(SignedRequest request, ServedScopes served) {
    SignatureParameters parameters =
        SignatureParameters.of(request, QueryString.of(request.query()));
    parameters.requireKnownAlgorithm();
    CredentialScope scope = of(parameters.credential());
    String problems = scope.problems(served);
    if (!problems.isEmpty()) {
      throw new InvalidSignatureException(problems);
    }
    return scope;
  }

  /**
   * Returns the service that a request claims to be for; empty when it has no complete signature.
   * Verifies nothing.
   */
  public static Optional<String> serviceOf(SignedRequest request) {
    try {
      SignatureParameters parameters =
          SignatureParameters.of(request, QueryString.of(request.query()));
      return Optional.of(of(parameters.credential()).service());
    } catch (ApiException _) {
      return Optional.empty();
    }
  }

  /** Returns the region of a scope that is served. */
  public Region region() {
    return new Region(regionName);
  }

  /** Reads a credential. Slashes at its end are ignored. */
  static CredentialScope of(String credential) {
    int end = credential.length();
    while (end > 0 && credential.charAt(end - 1) == '/') {
      end--;
    }
    List<String> parts = new ArrayList<>(PARTS);
    int start = 0;
    while (start <= end) {
      int slash = credential.indexOf('/', start, end);
      int next = slash < 0 ? end : slash;
      parts.add(credential.substring(start, next));
      start = next + 1;
    }
    if (parts.size() != PARTS) {
      throw new IncompleteSignatureException(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + credential
              + "'");
    }
    return new CredentialScope(
        parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
  }

  /** Refuses a scope that is not served here, or that is for another day than the request. */
  void require(ServedScopes served, SigningTime time) {
    String problems = problems(served);
    if (!date.equals(time.date())) {
      problems +=
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '"
              + date
              + "' != '"
              + time.date()
              + "', from '"
              + time.text()
              + "'.";
    }
    if (!problems.isEmpty()) {
      throw new InvalidSignatureException(problems);
    }
  }

  /** Returns the scope without the access key, as it is signed. */
  String signed() {
    return date + "/" + regionName + "/" + service + "/" + terminator;
  }

  private String problems(ServedScopes served) {
    String problems = "";
    if (!served.serves(regionName)) {
      problems += "Credential should be scoped to a valid region, not '" + regionName + "'. ";
    }
    if (!served.services().contains(service)) {
      problems +=
          "Credential should be scoped to correct service: '"
              + served.services().getFirst()
              + "'. ";
    }
    if (!terminator.equals(TERMINATOR)) {
      problems +=
          "Credential should be scoped with a valid terminator: 'aws4_request', not '"
              + terminator
              + "'. ";
    }
    return problems;
  }
}
