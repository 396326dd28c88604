package org.ostraka.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * An answer. The server adds the request id, the checksum, the length, the date and cross-origin
 * fields.
 *
 * @param status the status code, 200 to 599
 * @param contentType the media type, or empty for an answer without one
 * @param body the body before compression
 * @param headers further fields
 */
public record HttpResponse(int status, String contentType, Body body, Map<String, String> headers) {

  /** The media type of every answer of the API. */
  public static final String API_JSON = "application/x-amz-json-1.0";

  private static final byte[] UNKNOWN_OPERATION =
      "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);

  /** Checks the status and the fields, and copies the fields. */
  public HttpResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status " + status);
    }
    if (body.length() > 0 && (status == 204 || status == 205 || status == 304)) {
      throw new IllegalArgumentException("status " + status + " has no body");
    }
    requireOneLine(contentType);
    headers = Map.copyOf(headers);
    headers.forEach((name, value) -> {
      requireOneLine(name);
      requireOneLine(value);
    });
  }

  /** Makes an answer whose body is in one array, which nobody may change. */
  public HttpResponse(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, Body.of(Objects.requireNonNull(body)), headers);
  }

  /** Returns the answer of a server that has no room for the request. */
  public static HttpResponse overloaded() {
    return Refusal.OVERLOADED.response();
  }

  /** Makes an answer of the API. */
  public static HttpResponse json(int status, byte[] body) {
    return json(status, Body.of(body));
  }

  /** Makes an answer of the API. */
  public static HttpResponse json(int status, Body body) {
    return new HttpResponse(status, API_JSON, body, Map.of());
  }

  /**
   * Makes the service's answer to {@code GET} on the root, which names the requested host; the line
   * ends with a space. Length 42 and the checksum were recorded from
   * dynamodb.us-east-1.amazonaws.com in March 2024.
   */
  public static HttpResponse healthy(String host) {
    String line = "healthy: " + host + " ";
    return new HttpResponse(200, "text/plain", line.getBytes(StandardCharsets.US_ASCII), Map.of());
  }

  /**
   * Makes the answer to {@code GET} on the root while the store cannot be reached, so that a
   * balancer sends requests elsewhere. The service has no such answer.
   */
  public static HttpResponse unhealthy() {
    byte[] line = "unhealthy: the store cannot be reached ".getBytes(StandardCharsets.US_ASCII);
    return new HttpResponse(503, "text/plain", line, Map.of());
  }

  /**
   * Makes the service's answer to methods other than POST and GET that are no preflight, to a GET
   * of anything but the root, and to unknown media types.
   */
  public static HttpResponse unknownOperation() {
    return new HttpResponse(404, "", UNKNOWN_OPERATION, Map.of());
  }

  private static void requireOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException(
            "a header field with a control character or outside ASCII");
      }
    }
  }
}
