package org.ostraka.server.http;

import java.util.Optional;

/**
 * Answers the requests of one of several protocols on the same port. Any thread; each call may
 * block, as those of {@link HttpEndpoint} may.
 */
@FunctionalInterface
public interface ProtocolEndpoint {
  /** Answers a request; empty when it is not of this protocol. */
  Optional<HttpResponse> answer(HttpRequest request);
}
