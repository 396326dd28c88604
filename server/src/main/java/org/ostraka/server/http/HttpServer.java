package org.ostraka.server.http;

import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.WebServer;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/** A listening HTTP/1.1 server. Any thread. */
public final class HttpServer implements AutoCloseable {

  /**
   * Connections beyond {@link HttpLimits#maxConnections} that may be in the middle of being told
   * so.
   */
  private static final int REFUSALS_AT_ONCE = 256;

  /** Connections that the system may hold before they are accepted. */
  private static final int BACKLOG = 4096;

  /** Helidon's idle timer cannot be switched off; its connections say that they are never idle. */
  private static final Duration NEVER = Duration.ofDays(365);

  /**
   * Helidon reports each start and stop; the process does that itself. Held, since loggers are held
   * weakly.
   */
  private static final Logger HELIDON_LOG = Logger.getLogger("io.helidon");

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
   * @param random where request ids come from; asked once a connection, under a lock
   * @param nanoClock what time-outs are measured with, such as {@code System::nanoTime}
   * @param threads makes the one thread that watches time-outs; it may be a daemon
   * @throws UncheckedIOException when the address cannot be bound
   */
  public static HttpServer start(
      HttpSettings settings,
      HttpEndpoint endpoint,
      RandomGenerator random,
      LongSupplier nanoClock,
      ThreadFactory threads) {
    quieten();
    RequestIds requestIds = new RequestIds(random);
    Connections connections = new Connections(settings.limits(), endpoint, requestIds, nanoClock);
    WebServer server = webServer(settings, connections, requestIds).start();
    if (!server.isRunning()) { // Helidon logs why, and returns
      throw new UncheckedIOException(
          new BindException("cannot listen on " + settings.host() + ":" + settings.port()));
    }
    return new HttpServer(server, connections, TimeoutWatch.start(connections, threads));
  }

  /**
   * The first flavour named wins, and features are listed only for the flavour SE: naming another
   * skips the scan.
   */
  private static void quieten() {
    HELIDON_LOG.setLevel(Level.WARNING);
    HelidonFeatures.flavor(HelidonFlavor.MP);
  }

  private static WebServer webServer(
      HttpSettings settings, Connections connections, RequestIds requestIds) {
    HttpLimits limits = settings.limits();
    return WebServer.builder()
        .bindAddress(new InetSocketAddress(settings.host(), settings.port()))
        .backlog(BACKLOG)
        // Without it an answer of several packets waits for the client's delayed acknowledgement.
        .connectionOptions(socket -> socket.tcpNoDelay(true))
        .shutdownHook(false)
        .serviceRegistry(noServices())
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .addConnectionSelector(connections)
        .contentEncoding(
            ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
        .mediaContext(MediaContext.builder().mediaSupportsDiscoverServices(false).build())
        .directHandlers(RefusalHandler.forAllEvents(requestIds))
        .errorHandling(errors ->
            errors.includeEntity(true)) // hands the message to RefusalHandler, which words its own
        .maxPayloadSize(limits.maxBodyBytes())
        .maxTcpConnections(limits.maxConnections() + REFUSALS_AT_ONCE)
        .idleConnectionTimeout(NEVER)
        .idleConnectionPeriod(NEVER)
        .shutdownGracePeriod(limits.stopGrace())
        .build();
  }

  /**
   * Lets Helidon look for no services in the whole process, which takes it a tenth of a second: for
   * who has the process for himself, before the first start.
   */
  public static void lookForNoServices() {
    GlobalServiceRegistry.registry(noServices());
  }

  /** Nothing here is looked up by its type. */
  private static ServiceRegistry noServices() {
    return ServiceRegistryManager.create(
            ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .build())
        .registry();
  }

  /** The port that was bound. */
  public int port() {
    return server.port();
  }

  /** How many connections are open. */
  public int connections() {
    return connections.count();
  }

  /** How many of them wait for a request; looks at each. */
  public int idleConnections() {
    return connections.idleCount();
  }

  /**
   * Stops: no further connection, no further request; idle connections close at once; requests
   * under way, even those whose body is still arriving, are answered and their connections closed.
   * Returns when that is done, or when {@link HttpLimits#stopGrace} is over, after which what is
   * left is cut off.
   */
  @Override
  public void close() {
    connections.stop();
    server.stop();
    watch.close();
  }
}
