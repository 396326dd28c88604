package org.ostraka.server.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ostraka.model.Region;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.MissingAuthenticationTokenException;

/**
 * The access key and the region that a request's {@code Authorization} names: {@code
 * AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=...,
 * Signature=...}. Immutable.
 *
 * <p>The signature is not verified yet, which is why the server listens on loopback only. {@code
 * CredentialTest} pins the messages and their order, and names their sources.
 */
public record Credential(String accessKeyId, Region region) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String TERMINATOR = "aws4_request";
  private static final int SCOPE_PARTS = 5;

  /**
   * Reads a header.
   *
   * @param header the header's value, empty when there was none
   * @param dated whether the request has a date header
   * @param regions the served regions; empty for all
   * @param services the names of the called service that a scope may have; a message names the
   *     first as the correct one
   */
  public static Credential of(
      String header, boolean dated, Set<Region> regions, List<String> services) {
    if (!header.startsWith("AWS4-")) {
      throw new MissingAuthenticationTokenException("Request is missing Authentication Token");
    }
    int space = header.indexOf(' ');
    String algorithm = space < 0 ? header : header.substring(0, space);
    Parameters parameters = Parameters.of(space < 0 ? "" : header.substring(space + 1), header);
    requireComplete(parameters, dated, header);
    if (!algorithm.equals(ALGORITHM)) {
      throw new IncompleteSignatureException(
          "Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ");
    }
    return ofScope(parameters.credential(), regions, services);
  }

  /** The parameters after the algorithm; empty texts for missing ones. Immutable. */
  private record Parameters(String credential, String signature, String signedHeaders) {
    private static final Parameters NONE = new Parameters("", "", "");

    /** Reads the list of parameters, which commas separate. */
    static Parameters of(String list, String header) {
      Parameters parameters = NONE;
      int start = 0;
      while (start < list.length()) {
        int comma = list.indexOf(',', start);
        int end = comma < 0 ? list.length() : comma;
        parameters = parameters.with(list.substring(start, end).strip(), header);
        start = end + 1;
      }
      return parameters;
    }

    private Parameters with(String parameter, String header) {
      int equals = parameter.indexOf('=');
      if (equals < 0 && !parameter.isEmpty()) {
        throw new IncompleteSignatureException(
            "'"
                + parameter
                + "' not a valid key=value pair (missing equal-sign) in Authorization header: '"
                + header
                + "'.");
      }
      String value = parameter.substring(equals + 1);
      return switch (equals < 0 ? "" : parameter.substring(0, equals)) {
        case "Credential" -> new Parameters(value, signature, signedHeaders);
        case "Signature" -> new Parameters(credential, value, signedHeaders);
        case "SignedHeaders" -> new Parameters(credential, signature, value);
        default -> this;
      };
    }
  }

  private static void requireComplete(Parameters parameters, boolean dated, String header) {
    boolean complete =
        !parameters.credential().isEmpty()
            && !parameters.signature().isEmpty()
            && !parameters.signedHeaders().isEmpty();
    if (complete && dated) {
      return;
    }
    StringBuilder problems = new StringBuilder();
    requirePresent(problems, "Credential", parameters.credential());
    requirePresent(problems, "Signature", parameters.signature());
    requirePresent(problems, "SignedHeaders", parameters.signedHeaders());
    if (!dated) {
      problems.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    throw new IncompleteSignatureException(problems + "Authorization=" + header);
  }

  private static void requirePresent(StringBuilder problems, String name, String value) {
    if (value.isEmpty()) {
      problems.append("Authorization header requires '").append(name).append("' parameter. ");
    }
  }

  private static Credential ofScope(String scope, Set<Region> regions, List<String> services) {
    String[] parts = scope.split("/", -1);
    if (parts.length != SCOPE_PARTS) {
      throw new IncompleteSignatureException(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + scope
              + "'");
    }
    List<String> problems = new ArrayList<>();
    if (!isServed(parts[2], regions)) {
      problems.add("Credential should be scoped to a valid region, not '" + parts[2] + "'. ");
    }
    if (!services.contains(parts[3])) {
      problems.add(
          "Credential should be scoped to correct service: '" + services.getFirst() + "'. ");
    }
    if (!parts[4].equals(TERMINATOR)) {
      problems.add(
          "Credential should be scoped with a valid terminator: 'aws4_request', not '"
              + parts[4]
              + "'. ");
    }
    if (!problems.isEmpty()) {
      throw new InvalidSignatureException(String.join("", problems));
    }
    return new Credential(parts[0], new Region(parts[2]));
  }

  private static boolean isServed(String region, Set<Region> regions) {
    return Region.isLegal(region) && (regions.isEmpty() || regions.contains(new Region(region)));
  }
}
