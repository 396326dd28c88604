package org.ostraka.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * One keep-alive connection, on which one request at a time is answered. One thread uses it. Works
 * on a blocking and on a non-blocking channel.
 */
final class Exchange implements AutoCloseable {

  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
  private int bodyAt;
  private int bodyEnd;

  Exchange(URI endpoint) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends one request on a connection of its own, and waits for its success. */
  static void once(URI endpoint, byte[] request) throws IOException {
    try (Exchange exchange = new Exchange(endpoint)) {
      exchange.send(ByteBuffer.wrap(request));
      exchange.await();
    }
  }

  /** Sends one request, waits for its success, and returns the answer's body. Blocking only. */
  String ask(byte[] request) throws IOException {
    send(ByteBuffer.wrap(request));
    await();
    return new String(answer.array(), bodyAt, bodyEnd - bodyAt, UTF_8);
  }

  private void await() throws IOException {
    while (!isAnswered()) {
      // The channel blocks in read.
    }
  }

  SocketChannel channel() {
    return channel;
  }

  void send(ByteBuffer request) throws IOException {
    answer.clear();
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  /** Reads what there is; true once the whole answer is there, and it must be a success. */
  boolean isAnswered() throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("the server closed the connection");
    }
    String received = new String(answer.array(), 0, answer.position(), ISO_8859_1);
    int headEnd = received.indexOf(END_OF_HEAD);
    if (headEnd < 0) {
      return false;
    }
    bodyAt = headEnd + END_OF_HEAD.length();
    bodyEnd = bodyAt + bodyLength(received.substring(0, headEnd));
    if (received.length() < bodyEnd) {
      return false;
    }
    if (!received.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("not a success: " + received);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static int bodyLength(String head) throws IOException {
    int start = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (start < 0) {
      throw new IOException("an answer without Content-Length: " + head);
    }
    int from = start + LENGTH.length();
    int end = head.indexOf('\r', from);
    return Integer.parseInt(head.substring(from, end < 0 ? head.length() : end).strip());
  }
}
