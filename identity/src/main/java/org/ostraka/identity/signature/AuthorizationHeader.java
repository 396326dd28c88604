package org.ostraka.identity.signature;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ostraka.model.error.IncompleteSignatureException;

/**
 * The parameters of a header {@code Authorization}: {@code AWS4-HMAC-SHA256
 * Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=..., Signature=...}. Texts are
 * empty for missing parameters. Immutable.
 *
 * @param signedHeaders may be an empty text, which the service refuses later
 */
record AuthorizationHeader(
    String algorithm, String credential, String signature, Optional<String> signedHeaders) {
  /** Commas and blanks separate parameters; a blank in a value makes two of it. */
  private static final Pattern SEPARATOR = Pattern.compile("[, \\t]+");

  /**
   * Reads a header that starts with {@code AWS4-}. Refuses one that lacks parameters.
   *
   * @param dated whether the request has a date, which is refused in the same message
   */
  static AuthorizationHeader read(String header, boolean dated) {
    String[] parts = SEPARATOR.split(header);
    AuthorizationHeader read = new AuthorizationHeader(parts[0], "", "", Optional.empty());
    for (int i = 1; i < parts.length; i++) {
      read = read.with(parts[i], header);
    }
    read.requireComplete(dated, header);
    return read;
  }

  private AuthorizationHeader with(String parameter, String header) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      throw new IncompleteSignatureException(
          "'"
              + parameter
              + "' not a valid key=value pair (missing equal-sign) in Authorization header: '"
              + header
              + "'.");
    }
    String value = parameter.substring(equals + 1);
    return switch (parameter.substring(0, equals)) {
      case "Credential" -> new AuthorizationHeader(algorithm, value, signature, signedHeaders);
      case "Signature" -> new AuthorizationHeader(algorithm, credential, value, signedHeaders);
      case "SignedHeaders" ->
          new AuthorizationHeader(algorithm, credential, signature, Optional.of(value));
      default -> this;
    };
  }

  private void requireComplete(boolean dated, String header) {
    StringBuilder problems = new StringBuilder();
    require(problems, "Credential", !credential.isEmpty());
    require(problems, "Signature", !signature.isEmpty());
    require(problems, "SignedHeaders", signedHeaders.isPresent());
    if (!dated) {
      problems.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    if (!problems.isEmpty()) {
      throw new IncompleteSignatureException(problems + "Authorization=" + header);
    }
  }

  private static void require(StringBuilder problems, String name, boolean present) {
    if (!present) {
      problems.append("Authorization header requires '").append(name).append("' parameter. ");
    }
  }
}
