package org.ostraka.server.region;

import com.github.luben.zstd.ZstdInputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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

/** A {@link RegionEndpoint} that is reached over a socket, and takes any credential. Any thread. */
final class EndpointServer implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpPeer> peers = new ArrayList<>();
  private final Queue<Integer> requests = new ConcurrentLinkedQueue<>();
  private final ServedRegions regions;
  private final HttpServer server;
  private volatile Speaking speaking;

  /**
   * What the server speaks.
   *
   * @param named whether it knows of the fields that name versions and deployments, and of
   *     Zstandard, as later servers do
   */
  private record Speaking(RegionEndpoint endpoint, boolean named) {}

  /** Starts a server of these regions. */
  EndpointServer(ServedRegions regions) throws IOException {
    this.regions = regions;
    this.speaking = speaking(Versions.spoken(), true);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(executor);
    server.start();
  }

  /** Replaces the server with one of another version. */
  void speak(Versions versions, boolean named) {
    speaking = speaking(versions, named);
  }

  private Speaking speaking(Versions versions, boolean named) {
    return new Speaking(
        new RegionEndpoint(
            () -> versions,
            regions,
            () -> "a report",
            anyCredential(),
            List::of,
            executor,
            Clock.systemUTC()),
        named);
  }

  /** Returns the versions in which the requests since the last time were written. */
  List<Integer> takeRequests() {
    List<Integer> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  /** Returns a way to the server. */
  HttpPeer peer() throws Exception {
    return peer(Versions.spoken());
  }

  /** Returns a way from a server that speaks these versions. */
  HttpPeer peer(Versions versions) throws Exception {
    return peer(versions, Optional.empty());
  }

  /** Returns a way from a server that verifies the deployment. */
  HttpPeer peer(PeerIdentity identity) throws Exception {
    return peer(Versions.spoken(), Optional.of(identity));
  }

  private HttpPeer peer(Versions versions, Optional<PeerIdentity> identity) throws Exception {
    HttpPeer peer =
        new HttpPeer(
            versions,
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            identity,
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

  private void answer(HttpExchange exchange) throws IOException {
    Speaking now = speaking;
    try (exchange) {
      List<String> fields = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (now.named() || !name.toLowerCase(Locale.ROOT).startsWith("x-ostraka-regions-")) {
              values.forEach(value -> fields.addAll(List.of(name, value)));
            }
          });
      byte[] sent = exchange.getRequestBody().readAllBytes();
      String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
      byte[] body = decompressed(coding, sent);
      requests.add((int) body[0]);
      HttpRequest request =
          new HttpRequest(
              exchange.getRequestMethod(),
              "/",
              Optional.empty(),
              HttpHeaders.of(fields.toArray(String[]::new)),
              body,
              sent,
              Room.ENDLESS);
      boolean isKnown = now.named() || coding.equals("gzip");
      HttpResponse answer =
          isKnown
              ? now.endpoint().answer(request).orElseThrow()
              : new HttpResponse(415, "text/plain", new byte[0], Map.of());
      if (now.named()) {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      answer.body().writeTo(bytes);
      exchange.sendResponseHeaders(answer.status(), bytes.size());
      bytes.writeTo(exchange.getResponseBody());
    }
  }

  private static byte[] decompressed(String coding, byte[] sent) throws IOException {
    InputStream bytes = new ByteArrayInputStream(sent);
    try (InputStream in =
        switch (coding) {
          case "gzip" -> new GZIPInputStream(bytes);
          case "zstd" -> new ZstdInputStream(bytes);
          default -> throw new IOException("an unknown coding: " + coding);
        }) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    peers.forEach(HttpPeer::close);
    server.stop(0);
    executor.shutdownNow();
  }
}
