package org.ostraka.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Sends one request after the other, and waits for each answer. One thread. */
public final class Caller implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final URI endpoint;
  private final SocketChannel channel;
  private final ResponseReader reader;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  /** An answer: its status, the length of its body, and a text with the beginning of the body. */
  public record Answer(int status, long bodyBytes, String summary) {

    /** Returns whether the status is 200. */
    public boolean isSuccess() {
      return status == 200;
    }
  }

  /** Connects; of each answer's body, only the beginning is kept. */
  public Caller(URI endpoint) throws IOException {
    this(endpoint, new ResponseReader());
  }

  /** Connects, and keeps up to so many bytes of each answer's body. */
  public Caller(URI endpoint, int maxKeptBytes) throws IOException {
    this(endpoint, new ResponseReader(maxKeptBytes));
  }

  private Caller(URI endpoint, ResponseReader reader) throws IOException {
    this.endpoint = endpoint;
    this.reader = reader;
    channel = SocketChannel.open(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Calls an operation with a body that has no fields. */
  public Answer call(String operation, String body) throws IOException {
    return call(RequestTemplate.of(endpoint, operation, body).request());
  }

  /** Sends a request with the present values of its fields. */
  public Answer call(Request request) throws IOException {
    ByteBuffer bytes = request.bytes();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    reader.reset();
    do {
      if (channel.read(buffer.clear()) < 0) {
        throw new EOFException("the server closed the connection");
      }
    } while (!reader.isComplete(buffer.flip()));
    return new Answer(reader.status(), reader.bodyBytes(), reader.summary());
  }

  /** Sends a request that must succeed. */
  public Answer demand(Request request) throws IOException {
    Answer answer = call(request);
    if (!answer.isSuccess()) {
      throw new LoadFailedException("no success: " + answer.summary());
    }
    return answer;
  }

  /** Returns the kept bytes of the last answer's body; the next call overwrites them. */
  public ByteBuffer keptBody() {
    return reader.keptBody();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
