package org.ostraka.server.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ostraka.engine.load.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection, one after the other; for the connection's thread. */
final class Exchanges implements HttpRouting {

  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
  private static final HttpSecurity NO_SECURITY = HttpSecurity.create();

  private final Connections connections;
  private final Connection connection;
  private final RequestReader requestReader;
  private final Room answerRoom;

  Exchanges(Connections connections, Connection connection) {
    this.connections = connections;
    this.connection = connection;
    this.requestReader = new RequestReader(connections.settings(), connections.heavy());
    this.answerRoom = connections.answerRooms().share();
  }

  @Override
  public void route(ConnectionContext context, RoutingRequest from, RoutingResponse to) {
    connection.beginExchange();
    String method = from.prologue().method().text();
    HttpHeaders headers = RequestReader.headers(from.headers());
    HttpRequest request;
    try {
      request = requestReader.read(from, headers, connection, answerRoom);
    } catch (RefusedException e) {
      if (e.refusal() == Refusal.BODY_TOO_LARGE) {
        connections.settings().failures().countOversized(connection.peer().address());
      }
      // The request was not read to its end, so the connection cannot be used any more.
      // Released early: the read part of the body is discarded, but the connection may linger for
      // long.
      connection.share().release();
      HttpHeaders asked = e.refusal().isTold() ? headers : HttpHeaders.none();
      write(method, asked, e.refusal().response(), connection.nextRequestId(), true, to);
      connection.lingerAtEnd();
      throw new CloseConnectionException("refused: " + e.refusal());
    }
    connection.enter(Connection.Phase.ENDPOINT);
    Optional<HttpResponse> preflight = CrossOrigin.preflight(request);
    HttpResponse response = preflight.isPresent() ? preflight.get() : answer(request);
    // Released before the answer, so that a client that has its answer finds room for its next
    // body.
    connection.share().release();
    boolean last =
        connections.stopping()
            || (headers.first("Connection").isPresent()
                && from.headers().containsToken(HeaderValues.CONNECTION_CLOSE));
    try {
      write(method, headers, response, request.requestId(), last, to);
    } finally {
      answerRoom.hold(0);
    }
    connection.endExchange(last);
  }

  private void write(
      String method,
      HttpHeaders asked,
      HttpResponse response,
      String requestId,
      boolean last,
      RoutingResponse to) {
    connection.enter(Connection.Phase.RESPONSE);
    connections.responseWriter().write(method, asked, response, requestId, last, to);
  }

  private HttpResponse answer(HttpRequest request) {
    try {
      return Objects.requireNonNull(
          connections.endpoint().handle(request), "the endpoint gave no answer");
    } catch (Throwable e) { // the failure of one request, even an Error, must not affect others
      LOG.error("a request failed unexpectedly and was answered 500", e);
      return Refusal.FAILED.response();
    }
  }

  @Override
  public HttpSecurity security() {
    return NO_SECURITY;
  }

  /** Routes every HTTP request of a connection to its {@link Exchanges}. */
  record OneRouter(Exchanges exchanges) implements Router {

    @Override
    public <T extends Routing> T routing(Class<T> type, T otherwise) {
      return type.isInstance(exchanges) ? type.cast(exchanges) : otherwise;
    }

    @Override
    public List<? extends Routing> routings() {
      return List.of(exchanges);
    }

    @Override
    public void beforeStart() {
      // nothing to prepare
    }

    @Override
    public void afterStop() {
      // nothing to clean up
    }
  }
}
