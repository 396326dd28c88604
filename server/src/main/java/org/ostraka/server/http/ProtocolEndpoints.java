package org.ostraka.server.http;

import java.util.List;
import java.util.Optional;

/**
 * Has each request answered by the first protocol that knows it. Any thread.
 *
 * @param protocols the protocols, in the order in which they are asked
 * @param others answers the requests that are of none of them
 */
public record ProtocolEndpoints(List<ProtocolEndpoint> protocols, HttpEndpoint others)
    implements HttpEndpoint {
  public ProtocolEndpoints {
    protocols = List.copyOf(protocols);
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    for (ProtocolEndpoint protocol : protocols) {
      Optional<HttpResponse> answer = protocol.answer(request);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return others.handle(request);
  }
}
