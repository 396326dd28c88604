package org.ostraka.server.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.ostraka.server.work.HeavyWork;

/** A listening HTTP/1.1 server. Any thread. */
public final class HttpServer implements AutoCloseable {

  /**
   * The number of connections beyond {@link HttpLimits#maxConnections} that may be receiving their
   * refusal at once.
   */
  private static final int REFUSALS_AT_ONCE = 256;

  /** The number of connections that the system may queue before they are accepted. */
  private static final int BACKLOG = 4096;

  /**
   * Helidon's idle timer cannot be switched off; our connections report that they are never idle.
   */
  private static final Duration NEVER = Duration.ofDays(365);

  private final WebServer server;
  private final Connections connections;
  private final TimeoutWatch watch;

  private HttpServer(WebServer server, Connections connections, TimeoutWatch watch) {
    this.server = server;
    this.connections = connections;
    this.watch = watch;
  }

  /**
   * Starts to listen.
   *
   * @param random the source of request ids; used once for each connection, under a lock
   * @param nanoClock the clock of time-outs, such as {@code System::nanoTime}
   * @param threads makes the thread that watches time-outs, which may be a daemon
   * @param heavy inflates bodies, and compresses large answers
   * @throws UncheckedIOException when the address cannot be bound
   */
  public static HttpServer start(
      HttpSettings settings,
      HttpEndpoint endpoint,
      RandomGenerator random,
      LongSupplier nanoClock,
      ThreadFactory threads,
      HeavyWork heavy) {
    RequestIds requestIds = new RequestIds(random);
    Connections connections = new Connections(settings, endpoint, requestIds, nanoClock, heavy);
    WebServer server = webServer(settings, connections, requestIds).start();
    if (!server.isRunning()) { // Helidon has logged the reason and returned
      throw new UncheckedIOException(
          new BindException("cannot listen on " + settings.host() + ":" + settings.port()));
    }
    return new HttpServer(server, connections, TimeoutWatch.start(connections, threads));
  }

  private static WebServer webServer(
      HttpSettings settings, Connections connections, RequestIds requestIds) {
    HttpLimits limits = settings.limits();
    HelidonParts parts = HelidonParts.get();
    WebServerConfig config =
        HelidonParts.withoutSearch(() ->
            WebServer.builder()
                .config(parts.config())
                .bindAddress(new InetSocketAddress(settings.host(), settings.port()))
                .backlog(BACKLOG)
                // Without this option an answer of several packets waits for the client's delayed
                // acknowledgement.
                .connectionOptions(
                    new PacedSockets(
                        SocketOptions.builder().tcpNoDelay(true).build(), connections.arrivals()))
                .tls(Tls.builder().config(parts.config()).enabled(false).build())
                .shutdownHook(false)
                .serviceRegistry(parts.registry())
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .addConnectionSelector(connections)
                .contentEncoding(parts.encodings())
                .mediaContext(parts.media())
                .directHandlers(RefusalHandler.forAllEvents(requestIds))
                // Helidon passes the message to RefusalHandler, which uses its own text.
                .errorHandling(errors -> errors.includeEntity(true))
                .maxPayloadSize(limits.maxBodyBytes())
                .maxTcpConnections(limits.maxConnections() + REFUSALS_AT_ONCE)
                .idleConnectionTimeout(NEVER)
                .idleConnectionPeriod(NEVER)
                .shutdownGracePeriod(limits.stopGrace())
                .buildPrototype());
    return WebServer.create(config);
  }

  /**
   * Begins to load what the next server needs while the caller opens its data; also stops Helidon
   * from searching for services, and for lists of classes that may be deserialised, in the whole
   * process. For a process that uses Helidon for nothing else.
   *
   * @param executor runs the loading on another thread
   */
  public static void prepare(Executor executor) {
    HelidonParts.prepare(executor);
  }

  /** Returns the bound port. */
  public int port() {
    return server.port();
  }

  /** Returns the number of open connections. */
  public int connections() {
    return connections.count();
  }

  /** Returns the number of connections from networks that may not connect. */
  public long foreignConnections() {
    return connections.foreignCount();
  }

  /** Returns the number of connections that wait for a request; visits each connection. */
  public int idleConnections() {
    return connections.idleCount();
  }

  /**
   * Stops the server. It accepts no connection and no request any more, and closes idle connections
   * at once. It answers the requests in flight, even if their bodies are still arriving, and then
   * closes their connections. It returns when that is done; when {@link HttpLimits#stopGrace} is
   * over it closes what is left.
   */
  @Override
  public void close() {
    connections.stop();
    server.stop();
    watch.close();
  }
}
