package org.ostraka.testkit.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of the loopback address that the system gives to nobody else, neither to a server that
 * asks for a free port nor to a client. A server that names the port may listen on it, one after
 * the other, if it sets SO_REUSEADDR, as Java's do and PostgreSQL does; the system refuses
 * connections while none listens. Any thread.
 */
public final class ReservedPort implements AutoCloseable {
  /** Is bound, and neither listens nor connects. */
  private final Socket socket = new Socket();

  /** Reserves a free port. */
  public ReservedPort() {
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int number() {
    return socket.getLocalPort();
  }

  /** Gives the port back. A server that listens on it goes on. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
