package org.ostraka.conformance;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that sends requests as they are, without signatures. One thread. */
final class RawConnection implements AutoCloseable {
  private static final String CREDENTIAL =
      "AWS4-HMAC-SHA256 Credential=ostraka/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=00";

  private final Socket socket;
  private final InputStream in;
  private final String host;
  private boolean closing;

  private RawConnection(Socket socket, String host) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    this.host = host;
  }

  static RawConnection open(URI endpoint) throws IOException {
    return open(endpoint, new Socket());
  }

  /** Opens a connection with a small receive buffer, so that little fits of what is not read. */
  static RawConnection openSmall(URI endpoint) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    return open(endpoint, socket);
  }

  /** Opens a connection that comes from another address of loopback. */
  static RawConnection openFrom(InetAddress source, URI endpoint) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(source, 0));
    return open(endpoint, socket);
  }

  private static RawConnection open(URI endpoint, Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
    return new RawConnection(socket, endpoint.getHost() + ":" + endpoint.getPort());
  }

  /** A request: the operation's name, the body as sent, and further header lines. */
  record Request(String operation, byte[] body, String headers) {
    Request(String operation, String body) {
      this(operation, body.getBytes(StandardCharsets.UTF_8), "");
    }
  }

  void send(Request request) throws IOException {
    String head =
        "POST / HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20260101T000000Z\r\n"
            + "X-Amz-Target: DynamoDB_20120810."
            + request.operation()
            + "\r\nAuthorization: "
            + CREDENTIAL
            + "\r\nContent-Length: "
            + request.body().length
            + "\r\n"
            + request.headers()
            + "\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[headBytes.length + request.body().length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(request.body(), 0, all, headBytes.length, request.body().length);
    socket.getOutputStream().write(all);
  }

  /** Sends bytes as they are. */
  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Ends what is sent, so that the server waits for nothing more. Answers can still be read. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Sends a request and reads its whole answer. */
  int call(Request request) throws IOException {
    send(request);
    return readAnswer();
  }

  /** Returns the status of the next answer, and discards its body. */
  int readAnswer() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    long length = 0;
    String line = line();
    while (!line.isEmpty()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
      }
      closing |= line.equalsIgnoreCase("connection: close");
      line = line();
    }
    in.skipNBytes(length);
    return status;
  }

  /** Returns whether the server has announced that it closes the connection. */
  boolean isClosing() {
    return closing;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
