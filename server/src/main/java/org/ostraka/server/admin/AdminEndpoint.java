package org.ostraka.server.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.ostraka.server.http.HttpEndpoint;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/**
 * Answers those who watch the server: metrics, and whether it lives, has started and is ready. Any
 * thread.
 *
 * <p>The listener opens when the server has started, so {@code /startup} has one answer, and until
 * then none.
 */
public final class AdminEndpoint implements HttpEndpoint {
  /** The media type of the text format of Prometheus. */
  private static final String METRICS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private static final String TEXT = "text/plain; charset=utf-8";

  private static final String TABLE = "table=";

  private final Metrics metrics;
  private final HotKeyReport hotKeys;
  private final BooleanSupplier isReady;

  /**
   * Makes the endpoint.
   *
   * @param isReady whether the store answers and takes writes
   */
  public AdminEndpoint(Metrics metrics, HotKeyReport hotKeys, BooleanSupplier isReady) {
    this.metrics = metrics;
    this.hotKeys = hotKeys;
    this.isReady = isReady;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return text(405, TEXT, "only GET is answered here\n");
    }
    return switch (request.path()) {
      case "/metrics" -> text(200, METRICS_TEXT, metrics.text());
      case "/hot" -> hot(request.query().orElse(""));
      case "/live", "/startup" -> text(200, TEXT, "ok\n");
      case "/ready" ->
          isReady.getAsBoolean()
              ? text(200, TEXT, "ok\n")
              : text(503, TEXT, "the store cannot be reached\n");
      default -> text(404, TEXT, "there are /metrics, /hot, /live, /ready and /startup\n");
    };
  }

  private HttpResponse hot(String query) {
    return query.startsWith(TABLE)
        ? text(200, TEXT, hotKeys.of(query.substring(TABLE.length())))
        : text(400, TEXT, "/hot?table=NAME names a table\n");
  }

  private static HttpResponse text(int status, String type, String body) {
    return new HttpResponse(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
