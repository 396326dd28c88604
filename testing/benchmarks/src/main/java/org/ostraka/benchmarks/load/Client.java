package org.ostraka.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/** One keep-alive connection with its own copies of the requests. One thread. */
final class Client implements AutoCloseable {
  private static final int PERCENT = 100;

  private final SocketChannel channel;
  private final ResponseReader reader = new ResponseReader();
  private final Workload workload;
  private final Draw draw;
  private final Request[][] requests;
  private int choice;
  private int step;
  private long startNanos;

  Client(URI endpoint, Workload workload, Draw draw, Selector selector) throws IOException {
    this.workload = workload;
    this.draw = draw;
    this.requests =
        workload.choices().stream().map(each -> requests(each.steps())).toArray(Request[][]::new);
    channel = SocketChannel.open(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Returns when the present operation began, or should have begun. */
  long startNanos() {
    return startNanos;
  }

  /** Begins the next operation; its latency counts from {@code nanos}. */
  void begin(long nanos) throws IOException {
    startNanos = nanos;
    choice = workload.choices().size() == 1 ? 0 : workload.choice(draw.below(PERCENT));
    step = 0;
    send();
  }

  /** Reads what has arrived; returns true when the operation is over. */
  boolean isOver(ByteBuffer buffer, Tally tally) throws IOException {
    buffer.clear();
    int received = channel.read(buffer);
    if (received < 0) {
      throw new EOFException("the server closed the connection");
    }
    tally.received(received);
    if (!reader.isComplete(buffer.flip())) {
      return false;
    }
    if (reader.status() != 200) {
      tally.failed(reader.summary());
    }
    step++;
    if (step == requests[choice].length) {
      return true;
    }
    send();
    return false;
  }

  /** Closes the sending side of the connection. */
  void end() {
    try {
      channel.shutdownOutput();
    } catch (IOException _) {
      closeQuietly();
    }
  }

  /** Discards what still arrives; closes the connection when the server has closed it. */
  void closeAtEnd(ByteBuffer buffer) {
    try {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        closeQuietly();
      }
    } catch (IOException _) {
      closeQuietly();
    }
  }

  private void closeQuietly() {
    try {
      channel.close();
    } catch (IOException _) {
      // The channel is closed even if closing it failed.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void send() throws IOException {
    reader.reset();
    Request request = requests[choice][step];
    workload.choices().get(choice).steps().get(step).filler().fill(request, draw);
    ByteBuffer bytes = request.bytes();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static Request[] requests(List<Operation> steps) {
    return steps.stream().map(step -> new Request(step.template())).toArray(Request[]::new);
  }
}
