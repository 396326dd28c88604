package org.ostraka.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/**
 * Makes the answers to requests that Helidon refuses itself, before or while it reads them. Any
 * thread.
 */
final class RefusalHandler implements DirectHandler {

  /** Helidon 4.5 reports a header section beyond its limit with this text; a test pins it. */
  private static final String HEADERS_TOO_LARGE = "Header size exceeded";

  private final RequestIds requestIds;

  private RefusalHandler(RequestIds requestIds) {
    this.requestIds = requestIds;
  }

  static DirectHandlers forAllEvents(RequestIds requestIds) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    RefusalHandler handler = new RefusalHandler(requestIds);
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders more,
      String message) {
    HttpResponse response = refusal(status, message).response();
    HttpHeaders asked = RequestReader.headers(request.headers());
    ServerResponseHeaders headers = ServerResponseHeaders.create();
    ResponseWriter.fill(
        headers, request.method(), asked, response, requestIds.sequence().next(), response.body());
    headers.set(HeaderValues.CONNECTION_CLOSE);
    return TransportResponse.builder()
        .status(Status.create(response.status()))
        .headers(headers)
        .keepAlive(false)
        .entity(ResponseWriter.bytes(response.body()))
        .build();
  }

  private static Refusal refusal(Status status, String message) {
    return switch (status.code()) {
      case 400 -> HEADERS_TOO_LARGE.equals(message) ? Refusal.HEADERS_TOO_LARGE : Refusal.MALFORMED;
      case 413 -> Refusal.BODY_TOO_LARGE;
      case 414 -> Refusal.REQUEST_LINE_TOO_LONG;
      case 501 -> Refusal.TRANSFER_ENCODING_UNKNOWN;
      case 503 -> Refusal.OVERLOADED;
      case 505 -> Refusal.VERSION_UNSUPPORTED;
      default -> Refusal.FAILED;
    };
  }
}
