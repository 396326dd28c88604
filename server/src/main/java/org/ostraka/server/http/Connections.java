package org.ostraka.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.ostraka.server.work.HeavyWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections of one server, and the objects that they share. Any thread. */
final class Connections implements ServerConnectionSelector {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /** How often connections from other networks are reported. */
  private static final Duration FOREIGN_LOG_INTERVAL = Duration.ofMinutes(1);

  private final HttpSettings settings;
  private final HttpEndpoint endpoint;
  private final RequestIds requestIds;
  private final LongSupplier nanoClock;
  private final BodyAllowance bodyAllowance;
  private final AnswerRooms answerRooms;
  private final HeavyWork heavy;
  private final Arrivals arrivals = new Arrivals(Arrivals.PATIENCE);
  private final Optional<TlsPort> tls;
  private final BoundedLog foreign;
  private final ServerConnectionSelector http1;
  private final ResponseWriter responseWriter;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean stopping;

  Connections(
      HttpSettings settings,
      HttpEndpoint endpoint,
      RequestIds requestIds,
      LongSupplier nanoClock,
      HeavyWork heavy) {
    HttpLimits limits = settings.limits();
    this.settings = settings;
    this.endpoint = endpoint;
    this.requestIds = requestIds;
    this.nanoClock = nanoClock;
    this.bodyAllowance = new BodyAllowance(limits.maxBodiesBytes());
    this.answerRooms = new AnswerRooms(limits);
    this.heavy = heavy;
    this.responseWriter = new ResponseWriter(limits.minCompressedBytes(), heavy);
    this.tls = settings.tls().map(TlsPort::new);
    this.foreign = new BoundedLog(FOREIGN_LOG_INTERVAL, nanoClock);
    this.http1 = Http1ConnectionSelector.builder().config(http1Config(limits)).build();
  }

  /**
   * Helidon only parses requests; the endpoint decides which paths, queries and hosts are legal.
   */
  // Deprecated, but the only way to switch off Helidon's wire log and its host check.
  @SuppressWarnings({"removal", "deprecation"})
  private static Http1Config http1Config(HttpLimits limits) {
    return Http1Config.builder()
        .maxPrologueLength(limits.maxRequestLineBytes())
        .maxHeadersSize(limits.maxHeaderBytes())
        .validatePrologue(false)
        .validatePath(false)
        .validateRequestHeaders(false)
        .validateRequestHostHeader(false)
        .validateResponseHeaders(false)
        .receiveLog(false)
        .sendLog(false)
        .build();
  }

  HttpLimits limits() {
    return settings.limits();
  }

  HttpSettings settings() {
    return settings;
  }

  HttpEndpoint endpoint() {
    return endpoint;
  }

  RequestIds requestIds() {
    return requestIds;
  }

  BodyAllowance bodyAllowance() {
    return bodyAllowance;
  }

  AnswerRooms answerRooms() {
    return answerRooms;
  }

  HeavyWork heavy() {
    return heavy;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  ResponseWriter responseWriter() {
    return responseWriter;
  }

  Optional<TlsPort> tls() {
    return tls;
  }

  /** Returns the number of connections from networks that may not connect. */
  long foreignCount() {
    return foreign.count();
  }

  ServerConnectionSelector http1() {
    return http1;
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  /** Lets no further request begin. */
  void stop() {
    stopping = true;
  }

  boolean stopping() {
    return stopping;
  }

  int count() {
    return count.get();
  }

  int idleCount() {
    return (int) open.stream().filter(Connection::isIdle).count();
  }

  void add(Connection connection) {
    open.add(connection);
  }

  void remove(Connection connection) {
    open.remove(connection);
    count.decrementAndGet();
  }

  void closeOverdue() {
    open.forEach(Connection::closeIfOverdue);
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    arrivals.begun();
    InetAddress address = ((InetSocketAddress) context.remotePeer().address()).getAddress();
    if (!settings.networks().allow(address)) {
      foreign.count(events ->
          LOG.warn(
              "refused {} connections from networks that --allow-from does not name, the last"
                  + " one from {}",
              events,
              address.getHostAddress()));
      return RefusedConnection.silent(context);
    }
    if (count.incrementAndGet() > limits().maxConnections()) {
      count.decrementAndGet();
      return tls.isPresent()
          ? RefusedConnection.silent(context) // An answer would need a handshake.
          : new RefusedConnection(context, refusal(Refusal.OVERLOADED));
    }
    return new Connection(this, context, address);
  }

  /** Returns the bytes of an answer that refuses a connection as a whole. */
  byte[] refusal(Refusal why) {
    return responseWriter.whole(why, requestIds.sequence().next());
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData request) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }
}
