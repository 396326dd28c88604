package org.ostraka.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection: Helidon's HTTP code, told apart into phases so that a time-out or a stop knows
 * what it would cut off. Its own thread reads and writes; {@link #closeIfOverdue} and {@link
 * #close} may be called by any thread.
 */
final class Connection implements ServerConnection {

  /** What the connection waits for. */
  enum Phase {
    IDLE,
    HEAD,
    BODY,
    ENDPOINT,
    RESPONSE,
    /**
     * Refused with part of the request unread: what still arrives is thrown away, so that the
     * answer gets through.
     */
    LINGER,
    CLOSED
  }

  /** The most that is thrown away after a refusal. */
  private static final int LINGER_BYTES = 1024 * 1024;

  /** How long it may take to throw it away. */
  private static final Duration LINGER_TIMEOUT = Duration.ofSeconds(1);

  private final Connections connections;
  private final HelidonSocket socket;
  private final DataReader reader;
  private final BodyAllowance.Share share;
  private final RequestIds.Sequence requestIds;
  private final ServerConnection http;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
  private volatile long phaseStartNanos;
  private long bodyBytes;

  Connection(Connections connections, ConnectionContext context) {
    this.connections = connections;
    this.socket = context.serverSocket();
    this.reader = DataReader.create(this::receive);
    this.share = connections.bodyAllowance().new Share();
    this.requestIds = connections.requestIds().sequence();
    this.phaseStartNanos = connections.nanoTime();
    Router router = new Exchanges.OneRouter(new Exchanges(connections, this));
    this.http = connections.http1().connection(new ConnectionView(context, reader, router));
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
      if (!connections.stopping()) {
        http.handle(limit);
        lingerAtEnd(); // Helidon returns only after refusing a request itself
      }
    } finally {
      linger();
      share.release();
      connections.remove(this);
    }
  }

  /** A request's header section has been read. */
  void beginExchange() {
    bodyBytes = 0;
    if (phase.get() == Phase.HEAD) {
      enter(Phase.BODY);
    } else if (!enterFromIdle(
        Phase.BODY)) { // the whole head had arrived together with the previous request
      throw new CloseConnectionException("stopped between two requests");
    }
  }

  /**
   * Moves on, unless the connection has been closed meanwhile; the next blocking call notices that.
   */
  void enter(Phase next) {
    phaseStartNanos = connections.nanoTime();
    Phase current = phase.get();
    while (current != Phase.CLOSED && !phase.compareAndSet(current, next)) {
      current = phase.get();
    }
  }

  /** The response has been written. */
  void endExchange(boolean last) {
    share.release();
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
   * The next bytes from the client. The end of the stream inside a request is a closed connection,
   * not an error.
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
      bytes = socket.get();
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
            * 2L) { // the rest is room for the framing of small chunks
      throw new RefusedException(Refusal.BODY_TOO_LARGE);
    }
    if (bodyBytes > HttpLimits.UNCOUNTED_BODY_BYTES) {
      share.take(bytes);
    }
  }

  /**
   * The request was refused half-read; what is under way is to be thrown away once the answer is
   * written.
   */
  void lingerAtEnd() {
    enter(Phase.LINGER);
  }

  private void linger() {
    if (phase.get() != Phase.LINGER) {
      return;
    }
    enter(Phase.LINGER); // its time starts now
    long left = LINGER_BYTES;
    try {
      byte[] bytes = socket.get();
      while (bytes != null && left > bytes.length) {
        left -= bytes.length;
        bytes = socket.get();
      }
    } catch (UncheckedIOException e) {
      // the client is gone, or the time is over: nothing is owed to it
    }
  }

  boolean isIdle() {
    return phase.get() == Phase.IDLE;
  }

  /** Closes the socket when its phase has lasted too long. */
  void closeIfOverdue() {
    Phase current = phase.get();
    long nanos = connections.nanoTime() - phaseStartNanos;
    boolean overdue =
        switch (current) {
          case IDLE -> nanos > connections.limits().idleTimeout().toNanos();
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

  /** Closes an idle connection, or any connection when {@code interrupt} is set. */
  @Override
  public void close(boolean interrupt) {
    if (interrupt) {
      phase.set(Phase.CLOSED);
      closeSocket();
    } else if (phase.compareAndSet(Phase.IDLE, Phase.CLOSED)) {
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

  /** Always zero, so that Helidon's own idle timer never acts: {@link #closeIfOverdue} does. */
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }
}
