package org.ostraka.server.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/** A raw connection to the server under test. A read that exceeds the time limit fails the test. */
final class Client implements Closeable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  Client(HttpServer server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  /** An answer as it was received. */
  record Answer(int status, Map<String, String> headers, byte[] body) {

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean has(String name) {
      return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    long crc32() {
      CRC32 crc = new CRC32();
      crc.update(body);
      return crc.getValue();
    }
  }

  Client send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Client send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Client post(byte[] body, String... headerLines) throws IOException {
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    send(head + "Content-Length: " + body.length + "\r\n\r\n");
    return send(body);
  }

  Client post(String body, String... headerLines) throws IOException {
    return post(body.getBytes(StandardCharsets.UTF_8), headerLines);
  }

  Client endOfRequests() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  Answer answer() throws IOException {
    return answer(true);
  }

  Answer answer(boolean withBody) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ")[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
    return new Answer(status, headers, socket.getInputStream().readNBytes(length));
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection after: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** Returns the next bytes that the server sends. */
  byte[] receive(int bytes) throws IOException {
    return socket.getInputStream().readNBytes(bytes);
  }

  /** Waits until the server has closed the connection; ignores what it sends before. */
  boolean isClosedByServer() throws IOException {
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // ignores what the server sends
      }
      return true;
    } catch (SocketException e) {
      return true;
    }
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
