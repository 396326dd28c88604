package org.ostraka.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Cross-origin answers for browsers, like the service's: a preflight allows what it asks for. The
 * service answers every origin; {@link AllowedOrigins} refuses most of them before. Source:
 * dynalite's index.js, recorded from the service; for the exposed fields kinesalite's index.js,
 * since Kinesis has the same front end.
 */
final class CrossOrigin {

  static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date";

  /** Two days, in seconds. */
  private static final String PREFLIGHT_MAX_AGE = "172800";

  private static final byte[] EMPTY = new byte[0];

  private CrossOrigin() {}

  /** Returns the answer to a preflight; empty when the request is not a preflight. */
  static Optional<HttpResponse> preflight(HttpRequest request) {
    if (!isPreflight(request.method(), request.headers())) {
      return Optional.empty();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    echo(request, "Access-Control-Request-Headers", "Access-Control-Allow-Headers", fields);
    echo(request, "Access-Control-Request-Method", "Access-Control-Allow-Methods", fields);
    fields.put("Access-Control-Max-Age", PREFLIGHT_MAX_AGE);
    return Optional.of(new HttpResponse(200, "", EMPTY, fields));
  }

  private static boolean isPreflight(String method, HttpHeaders headers) {
    return method.equals("OPTIONS") && headers.first("Origin").isPresent();
  }

  private static void echo(
      HttpRequest request, String asked, String answered, Map<String, String> fields) {
    request
        .headers()
        .first(asked)
        .filter(value -> value.chars().allMatch(c -> c >= ' ' && c <= '~'))
        .ifPresent(value -> fields.put(answered, value));
  }
}
