package org.ostraka.server.region;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.ostraka.engine.load.Room;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.identity.signature.Secret;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.KnownKeys;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWorks;

/** A {@link RegionEndpoint} that is reached over a socket, and takes any credential. One thread. */
final class EndpointServer implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpPeer> peers = new ArrayList<>();
  private final HttpServer server;

  /** Starts a server of these regions. */
  EndpointServer(ServedRegions regions) throws IOException {
    RegionEndpoint endpoint =
        new RegionEndpoint(
            regions,
            () -> "a report",
            anyCredential(),
            List::of,
            executor,
            Clock.systemUTC(),
            _ -> new HttpResponse(404, "text/plain", new byte[0], Map.of()));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, endpoint));
    server.setExecutor(executor);
    server.start();
  }

  /** Returns a way to the server. */
  HttpPeer peer() throws Exception {
    HttpPeer peer =
        new HttpPeer(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Optional.of(
                new RequestSigner(
                    "local", new Secret("local"), Optional.empty(), "us-east-1", "dynamodb")),
            SSLContext.getDefault(),
            Clock.systemUTC());
    peers.add(peer);
    return peer;
  }

  private static Authentication anyCredential() {
    Accounts accounts = Accounts.single(Accounts.DEFAULT_ACCOUNT);
    return Authentication.of(
        KnownKeys.ofRoot(Optional.empty(), accounts),
        accounts,
        Set.of(),
        Clock.systemUTC(),
        HeavyWorks.SHARED,
        new FailureLimits(System::nanoTime, 1));
  }

  private static void answer(HttpExchange exchange, RegionEndpoint endpoint) throws IOException {
    try (exchange) {
      List<String> fields = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> fields.addAll(List.of(name, value))));
      byte[] sent = exchange.getRequestBody().readAllBytes();
      byte[] body;
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
        body = in.readAllBytes();
      }
      HttpResponse answer =
          endpoint.handle(
              new HttpRequest(
                  exchange.getRequestMethod(),
                  "/",
                  Optional.empty(),
                  HttpHeaders.of(fields.toArray(String[]::new)),
                  body,
                  sent,
                  Room.ENDLESS));
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      answer.body().writeTo(bytes);
      exchange.sendResponseHeaders(answer.status(), bytes.size());
      bytes.writeTo(exchange.getResponseBody());
    }
  }

  @Override
  public void close() {
    peers.forEach(HttpPeer::close);
    server.stop(0);
    executor.shutdownNow();
  }
}
