package org.ostraka.server.http;

/**
 * What answers requests. Called on a virtual thread of its own, any number at once; it may block.
 */
@FunctionalInterface
public interface HttpEndpoint {

  /**
   * The answer to one request. Whatever this throws is logged once and answered as {@code
   * InternalServerError}, without details.
   */
  HttpResponse handle(HttpRequest request);
}
