package org.ostraka.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Clients that each put one vote after the other, as soon as the one before is acknowledged. All
 * run on the caller's thread with one selector, to leave the machine to the server. One thread uses
 * it.
 */
final class Load implements AutoCloseable {

  /** A client: its connection, and its request, in which the digits change. */
  private static final class Client {
    private final Exchange exchange;
    private final ByteBuffer request;
    private final int voterAt;
    private final int timeAt;
    private long sentNanos;

    private Client(URI endpoint, byte[] bytes) throws IOException {
      String text = new String(bytes, US_ASCII);
      exchange = new Exchange(endpoint);
      exchange.channel().configureBlocking(false);
      request = ByteBuffer.allocateDirect(bytes.length).put(bytes);
      voterAt = text.lastIndexOf(VoteRequests.VOTER);
      timeAt = text.lastIndexOf(VoteRequests.TIME);
    }

    private void send(long voter, long time) throws IOException {
      writeDigits(voterAt, VoteRequests.VOTER.length(), voter);
      writeDigits(timeAt, VoteRequests.TIME.length(), time);
      request.rewind();
      sentNanos = System.nanoTime();
      exchange.send(request);
    }

    private void writeDigits(int at, int digits, long number) {
      long rest = number;
      for (int i = at + digits - 1; i >= at; i--) {
        request.put(i, (byte) ('0' + rest % 10));
        rest /= 10;
      }
    }
  }

  /** The first time that a vote carries; each vote is later than the one before. */
  static final long FIRST_TIME = 1_732_655_598L;

  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();
  private final LongSupplier voters;
  private long votes;

  /**
   * Connects the clients.
   *
   * @param vote the request of a vote, with {@link VoteRequests#VOTER} and {@link
   *     VoteRequests#TIME} in it
   * @param voters who votes next
   */
  Load(URI endpoint, int clients, byte[] vote, LongSupplier voters) throws IOException {
    this.voters = voters;
    for (int i = 0; i < clients; i++) {
      Client client = new Client(endpoint, vote);
      client.exchange.channel().register(selector, SelectionKey.OP_READ, client);
      this.clients.add(client);
    }
  }

  /** Runs for this long; fails when any answer is not a success. */
  Measurement run(Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    return runWhile(() -> System.nanoTime() - end < 0);
  }

  /** Runs as long as it is told to go on; fails when any answer is not a success. */
  Measurement runWhile(BooleanSupplier goesOn) throws IOException {
    Histogram latencies = new Histogram(3);
    long start = System.nanoTime();
    for (Client client : clients) {
      sendNext(client);
    }
    while (goesOn.getAsBoolean()) {
      selector.select(ready -> receive((Client) ready.attachment(), latencies));
    }
    return new Measurement(latencies, Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.exchange.close();
    }
    selector.close();
  }

  private void receive(Client client, Histogram latencies) {
    try {
      if (client.exchange.isAnswered()) {
        latencies.recordValue(System.nanoTime() - client.sentNanos);
        sendNext(client);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sendNext(Client client) throws IOException {
    client.send(voters.getAsLong(), FIRST_TIME + votes++);
  }
}
