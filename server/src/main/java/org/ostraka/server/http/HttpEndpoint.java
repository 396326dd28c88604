package org.ostraka.server.http;

/**
 * Answers requests. Each call runs on the virtual thread of its connection, any number at once, and
 * may block.
 */
@FunctionalInterface
public interface HttpEndpoint {

  /**
   * Answers one request. The server logs an exception once and answers {@code InternalServerError}
   * without details.
   */
  HttpResponse handle(HttpRequest request);
}
