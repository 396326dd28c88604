package org.ostraka.identity.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  /**
   * Reads a header that starts with {@code AWS4-}. Refuses one that lacks parameters.
   *
   * @param dated whether the request has a date, which is refused in the same message
   */
  static AuthorizationHeader read(String header, boolean dated) {
    List<String> parts = parts(header);
    AuthorizationHeader read = new AuthorizationHeader(parts.getFirst(), "", "", Optional.empty());
    for (String parameter : parts.subList(1, parts.size())) {
      read = read.with(parameter, header);
    }
    read.requireComplete(dated, header);
    return read;
  }

  /** Splits at commas and blanks, which separate parameters; a blank in a value makes two of it. */
  private static List<String> parts(String header) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= header.length(); i++) {
      if (i == header.length() || isSeparator(header.charAt(i))) {
        if (i > start) {
          parts.add(header.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  private static boolean isSeparator(char c) {
    return c == ',' || c == ' ' || c == '\t';
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
