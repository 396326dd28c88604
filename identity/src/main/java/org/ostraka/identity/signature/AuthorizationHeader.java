package org.ostraka.identity.signature;

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
    String algorithm = "";
    String credential = "";
    String signature = "";
    Optional<String> signedHeaders = Optional.empty();
    int start = 0;
    while (start < header.length()) {
      int end = end(header, start);
      if (algorithm.isEmpty()) {
        algorithm = header.substring(start, end);
      } else if (start < end) {
        int equals = equalSign(header, start, end);
        // Compared in place: the names are not needed as texts. The service ignores parameters that
        // it does not know.
        if (isName("Credential", header, start, equals)) {
          credential = header.substring(equals + 1, end);
        } else if (isName("Signature", header, start, equals)) {
          signature = header.substring(equals + 1, end);
        } else if (isName("SignedHeaders", header, start, equals)) {
          signedHeaders = Optional.of(header.substring(equals + 1, end));
        }
      }
      start = end + 1;
    }
    AuthorizationHeader read =
        new AuthorizationHeader(algorithm, credential, signature, signedHeaders);
    read.requireComplete(dated, header);
    return read;
  }

  /**
   * Returns where the part ends that begins at a place: at a comma or a blank. They separate
   * parameters, so a blank in a value makes two of it.
   */
  private static int end(String header, int start) {
    int end = header.indexOf(',', start);
    end = end < 0 ? header.length() : end;
    // Blanks are searched up to the comma only: a search to the end would be repeated for each
    // part.
    int blank = header.indexOf(' ', start, end);
    end = blank < 0 ? end : blank;
    int tab = header.indexOf('\t', start, end);
    return tab < 0 ? end : tab;
  }

  private static boolean isName(String name, String header, int start, int end) {
    return name.length() == end - start && header.startsWith(name, start);
  }

  private static int equalSign(String header, int start, int end) {
    int equals = header.indexOf('=', start, end);
    if (equals < 0) {
      throw new IncompleteSignatureException(
          "'"
              + header.substring(start, end)
              + "' not a valid key=value pair (missing equal-sign) in Authorization header: '"
              + header
              + "'.");
    }
    return equals;
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
