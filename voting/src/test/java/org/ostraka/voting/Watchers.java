package org.ostraka.voting;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that watch the results of an election, and read no more than the first line. */
final class Watchers implements AutoCloseable {
  private static final int TOO_MANY = 1_100;

  private final URI server;
  private final String request;
  private final List<Socket> sockets = new ArrayList<>();

  Watchers(DemoSite site) {
    this.server = site.address();
    this.request =
        "GET /elections/" + site.election() + "/results/stream HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  /** Watches until the server refuses the next one. */
  void takeAllPlaces() throws IOException {
    while (watch().contains(" 200 ")) {
      if (sockets.size() > TOO_MANY) {
        throw new AssertionError("the server does not refuse " + TOO_MANY + " watchers");
      }
    }
  }

  /** Opens a connection, and returns the first line of the answer. */
  private String watch() throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    sockets.add(socket);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\n';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** Closes all connections. */
  void leave() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    leave();
  }
}
