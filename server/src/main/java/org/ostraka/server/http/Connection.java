package org.ostraka.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection. It tracks the phase of Helidon's HTTP code, so that a time-out or a stop knows
 * what it would interrupt. The connection's own thread reads and writes; {@link #closeIfOverdue}
 * and {@link #close} may be called by any thread.
 */
final class Connection implements ServerConnection {

  /** What the connection is doing or waiting for. */
  enum Phase {
    /** The handshake of TLS, which has the time limit of a header section. */
    HANDSHAKE,
    IDLE,
    HEAD,
    BODY,
    ENDPOINT,
    RESPONSE,
    /**
     * The request was refused before it was read to its end. The connection discards what still
     * arrives, so that the client receives the answer.
     */
    LINGER,
    CLOSED
  }

  /** The most bytes that are discarded after a refusal. */
  private static final int LINGER_BYTES = 1024 * 1024;

  /** The time limit for discarding them. */
  private static final Duration LINGER_TIMEOUT = Duration.ofSeconds(1);

  private final Connections connections;
  private final HelidonSocket socket;
  private final RequestBytes reader;
  private final BodyAllowance.Share share;
  private final RequestIds.Sequence requestIds;
  private final Optional<TlsStream> tls;
  private final InetAddress address;
  private final ConnectionContext context;
  private final AtomicReference<Phase> phase;
  private Peer peer;
  private volatile long phaseStartNanos;
  private long bodyBytes;

  Connection(Connections connections, ConnectionContext context, InetAddress address) {
    this.connections = connections;
    this.context = context;
    this.address = address;
    this.peer = new Peer(address, Optional.empty());
    this.socket = context.serverSocket();
    this.reader = new RequestBytes(this::receive);
    this.share = connections.bodyAllowance().new Share();
    this.requestIds = connections.requestIds().sequence();
    this.tls = connections.tls().map(port -> new TlsStream(socket, port));
    this.phase = new AtomicReference<>(tls.isPresent() ? Phase.HANDSHAKE : Phase.IDLE);
    this.phaseStartNanos = connections.nanoTime();
  }

  private ServerConnection http() {
    DataWriter writer = tls.isPresent() ? tls.get() : context.dataWriter();
    Router router = new Exchanges.OneRouter(new Exchanges(connections, this));
    return connections
        .http1()
        .connection(new ConnectionView(context, reader, writer, tls.isPresent(), router));
  }

  Peer peer() {
    return peer;
  }

  String nextRequestId() {
    return requestIds.next();
  }

  BodyAllowance.Share share() {
    return share;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    connections.add(this);
    try {
      if (!connections.stopping() && (tls.isEmpty() || isEncrypted(tls.get()))) {
        http().handle(limit);
        // Helidon returns only after it has refused a request itself: too large, or malformed.
        connections.settings().failures().countOversized(address);
        lingerAtEnd();
      }
    } finally {
      sayGoodbye();
      linger();
      share.release();
      connections.remove(this);
    }
  }

  /** Carries the handshake out. Returns whether requests may follow. */
  private boolean isEncrypted(TlsStream stream) {
    switch (stream.handshake()) {
      case DONE -> {
        peer =
            new Peer(
                address,
                Optional.of(
                    new Peer.Encryption(
                        stream.version(), stream.cipherSuite(), stream.clientCertificate())));
        enter(Phase.IDLE);
        return phase.get() == Phase.IDLE;
      }
      case NOT_TLS -> {
        socket.write(BufferData.create(connections.refusal(Refusal.TLS_REQUIRED)));
        lingerAtEnd();
      }
      case FAILED -> lingerAtEnd(); // so that the alert arrives
    }
    return false;
  }

  /** Ends the encrypted stream, so that the client knows that it has everything. */
  private void sayGoodbye() {
    if (peer.encryption().isEmpty() || phase.get() == Phase.CLOSED) {
      return;
    }
    if (phase.get() != Phase.LINGER) {
      enter(Phase.RESPONSE);
    }
    tls.orElseThrow().sayGoodbye();
  }

  /** Called when a request's header section has been read. */
  void beginExchange() {
    bodyBytes = 0;
    if (phase.get() == Phase.HEAD) {
      enter(Phase.BODY);
    } else if (!enterFromIdle(
        Phase.BODY)) { // the whole header section arrived together with the previous request
      throw new CloseConnectionException("stopped between two requests");
    }
  }

  /**
   * Enters the next phase unless the connection was closed meanwhile, which the next blocking call
   * notices.
   */
  void enter(Phase next) {
    phaseStartNanos = connections.nanoTime();
    Phase current = phase.get();
    while (current != Phase.CLOSED && !phase.compareAndSet(current, next)) {
      current = phase.get();
    }
  }

  /** Called when the response has been written. */
  void endExchange(boolean last) {
    share.release();
    reader.requestWasRead();
    enter(Phase.IDLE);
    if (last || connections.stopping()) {
      throw new CloseConnectionException("last response on this connection");
    }
  }

  private boolean enterFromIdle(Phase next) {
    phaseStartNanos = connections.nanoTime();
    return phase.compareAndSet(Phase.IDLE, next);
  }

  /**
   * Reads the next bytes from the client. If the stream ends within a request, the connection was
   * closed; that is no error.
   */
  private byte[] receive() {
    boolean idle = phase.get() == Phase.IDLE && reader.available() == 0;
    if (idle && connections.stopping()) {
      throw new CloseConnectionException("stopped while idle");
    }
    if (!idle && phase.get() == Phase.IDLE && !enterFromIdle(Phase.HEAD)) {
      throw new CloseConnectionException("stopped between two requests");
    }
    byte[] bytes = read();
    if (idle && !enterFromIdle(Phase.HEAD)) {
      throw new CloseConnectionException("stopped while idle");
    }
    if (phase.get() == Phase.BODY) {
      count(bytes.length);
    }
    return bytes;
  }

  private byte[] read() {
    byte[] bytes;
    try {
      bytes = tls.isPresent() ? tls.get().receive() : socket.get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("lost the client", e);
    }
    if (bytes == null) {
      throw new CloseConnectionException("end of stream");
    }
    return bytes;
  }

  private void count(int bytes) {
    bodyBytes += bytes;
    if (bodyBytes
        > connections.limits().maxBodyBytes()
            * 2L) { // the rest leaves room for the framing of small chunks
      throw new RefusedException(Refusal.BODY_TOO_LARGE);
    }
    if (bodyBytes > HttpLimits.UNCOUNTED_BODY_BYTES) {
      share.take(bytes);
    }
  }

  /**
   * Notes that the request was refused before its end, so that the rest is discarded after the
   * answer.
   */
  void lingerAtEnd() {
    enter(Phase.LINGER);
  }

  private void linger() {
    if (phase.get() != Phase.LINGER) {
      return;
    }
    enter(Phase.LINGER); // the time limit starts now
    long left = LINGER_BYTES;
    try {
      byte[] bytes = socket.get();
      while (bytes != null && left > bytes.length) {
        left -= bytes.length;
        bytes = socket.get();
      }
    } catch (UncheckedIOException e) {
      // the client is gone, or the time is over
    }
  }

  boolean isIdle() {
    return phase.get() == Phase.IDLE;
  }

  /** Closes the socket if its phase has lasted too long. */
  void closeIfOverdue() {
    Phase current = phase.get();
    long nanos = connections.nanoTime() - phaseStartNanos;
    boolean overdue =
        switch (current) {
          case IDLE -> nanos > connections.limits().idleTimeout().toNanos();
          case HANDSHAKE -> nanos > connections.limits().headTimeout().toNanos();
          case HEAD -> nanos > connections.limits().headTimeout().toNanos();
          case BODY -> nanos > connections.limits().bodyTimeout().toNanos();
          case RESPONSE -> nanos > connections.limits().responseTimeout().toNanos();
          case LINGER -> nanos > LINGER_TIMEOUT.toNanos();
          case ENDPOINT, CLOSED -> false;
        };
    if (overdue && phase.compareAndSet(current, Phase.CLOSED)) {
      closeSocket();
    }
  }

  /**
   * Closes a connection that is idle or in its handshake, or any connection when {@code interrupt}
   * is set.
   */
  @Override
  public void close(boolean interrupt) {
    if (interrupt) {
      phase.set(Phase.CLOSED);
      closeSocket();
    } else if (phase.compareAndSet(Phase.IDLE, Phase.CLOSED)
        || phase.compareAndSet(Phase.HANDSHAKE, Phase.CLOSED)) {
      closeSocket();
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (UncheckedIOException e) {
      // already closed by the client
    }
  }

  /**
   * Returns zero, so that Helidon's idle timer never closes the connection; {@link #closeIfOverdue}
   * does.
   */
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }
}
