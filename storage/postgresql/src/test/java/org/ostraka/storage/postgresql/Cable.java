package org.ostraka.storage.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A connection between a store and its database that a test cuts once, at a place of its choice.
 * Any thread.
 */
final class Cable implements AutoCloseable {
  /** Where the next message is lost, together with its connection. */
  enum Cut {
    NOWHERE,
    /** The database never gets the next request. */
    BEFORE_THE_REQUEST,
    /** The database carries out the next request, and nobody gets the answer. */
    BEFORE_THE_ANSWER
  }

  private static final int BUFFER = 1 << 16;

  private final String host;
  private final int port;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NOWHERE);

  /**
   * Opens a cable to a database.
   *
   * @param address host and port
   */
  Cable(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    host = address.substring(0, colon);
    port = Integer.parseInt(address.substring(colon + 1));
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Returns the host and the port to connect to. */
  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Cuts the cable at the next message. */
  void cut(Cut place) {
    next.set(place);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(host, port);
        threads.execute(() -> forward(client, server, Cut.BEFORE_THE_REQUEST));
        threads.execute(() -> forward(server, client, Cut.BEFORE_THE_ANSWER));
      } catch (IOException _) {
        // The cable is closed, or the database is: the client notices it.
      }
    }
  }

  private void forward(Socket from, Socket to, Cut place) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int read = in.read(buffer);
      while (read >= 0 && !next.compareAndSet(place, Cut.NOWHERE)) {
        out.write(buffer, 0, read);
        out.flush();
        read = in.read(buffer);
      }
    } catch (IOException _) {
      // One side has closed its end; the other end is closed, too.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    threads.shutdownNow();
  }
}
