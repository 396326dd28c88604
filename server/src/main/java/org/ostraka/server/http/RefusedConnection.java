package org.ostraka.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection that is closed without reading: one beyond {@link HttpLimits#maxConnections}, which
 * gets a refusal, or one from a network that may not connect.
 */
record RefusedConnection(ConnectionContext context, byte[] answer) implements ServerConnection {

  /** Makes a connection that is closed without an answer. */
  static RefusedConnection silent(ConnectionContext context) {
    return new RefusedConnection(context, new byte[0]);
  }

  @Override
  public void handle(Limit limit) {
    if (answer.length > 0) {
      context.dataWriter().writeNow(BufferData.create(answer));
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    // handle returns at once, and Helidon closes the socket
  }
}
