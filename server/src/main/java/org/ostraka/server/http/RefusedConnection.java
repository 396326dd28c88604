package org.ostraka.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection beyond {@link HttpLimits#maxConnections}: it gets a refusal and is closed without
 * reading.
 */
record RefusedConnection(ConnectionContext context, byte[] answer) implements ServerConnection {

  @Override
  public void handle(Limit limit) {
    context.dataWriter().writeNow(BufferData.create(answer));
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
