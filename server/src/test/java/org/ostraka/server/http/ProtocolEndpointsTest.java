package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.load.Room;

final class ProtocolEndpointsTest {
  private static final byte[] NOTHING = new byte[0];

  @Test
  void theFirstProtocolThatKnowsARequestAnswersIt() {
    ProtocolEndpoints endpoints =
        new ProtocolEndpoints(
            List.of(ofPath("/a", 201), ofPath("/b", 202), ofPath("/b", 203)), _ -> answer(204));
    assertThat(endpoints.handle(request("/a")).status()).isEqualTo(201);
    assertThat(endpoints.handle(request("/b")).status()).isEqualTo(202);
    assertThat(endpoints.handle(request("/c")).status()).isEqualTo(204);
  }

  private static ProtocolEndpoint ofPath(String path, int status) {
    return request -> Optional.of(answer(status)).filter(_ -> request.path().equals(path));
  }

  private static HttpResponse answer(int status) {
    return new HttpResponse(status, "text/plain", NOTHING, Map.of());
  }

  private static HttpRequest request(String path) {
    return new HttpRequest(
        "POST", path, Optional.empty(), HttpHeaders.none(), NOTHING, NOTHING, Room.ENDLESS);
  }
}
