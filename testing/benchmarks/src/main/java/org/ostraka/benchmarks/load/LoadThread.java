package org.ostraka.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Runs some of the clients of a run, with one selector on one thread. */
final class LoadThread implements Callable<Tally>, AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long SILENCE_NANOS = 30_000 * NANOS_PER_MILLI;
  private static final long END_NANOS = 10_000 * NANOS_PER_MILLI;

  /** How long a thread waits for an answer, or for its pacer, before it looks at the clock. */
  private static final long MAX_WAIT_MILLIS = 10;

  /** How long the pacer waits before it looks again whether a client is free. */
  private static final long LOOK_NANOS = NANOS_PER_MILLI / 2;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();
  private final Deque<Client> idle = new ArrayDeque<>();
  private final Tally tally = new Tally();
  private final Window window;
  private final long intervalNanos;
  private volatile boolean clientIsFree = true;
  private long heardNanos;

  /** The times when a run starts, is measured and ends, as {@code nanoTime} counts. Any thread. */
  static final class Window {
    private final long start;
    private final long measured;
    private volatile long end;

    Window(long start, long measured, long end) {
      this.start = start;
      this.measured = measured;
      this.end = end;
    }

    long measured() {
      return measured;
    }

    long end() {
      return end;
    }

    /**
     * Ends the run at this time unless it ends earlier, but not before it begins to be measured.
     */
    void endBy(long nanos) {
      long earliest = nanos - measured < 0 ? measured : nanos;
      if (earliest - end < 0) {
        end = earliest;
      }
    }
  }

  /**
   * @param clients the number of clients of this thread
   * @param window the window of the whole run
   */
  LoadThread(
      LoadPlan plan, int clients, Distribution.Picker picker, RandomGenerator random, Window window)
      throws IOException {
    this.window = window;
    this.intervalNanos =
        plan.rate().isPresent()
            ? (long) (1e9 / plan.rate().getAsDouble() * plan.clients() / clients)
            : 0;
    for (int i = 0; i < clients; i++) {
      Draw draw = new Draw(picker, plan.keys(), random);
      this.clients.add(new Client(plan.endpoint(), plan.workload(), draw, selector));
    }
  }

  @Override
  public Tally call() throws IOException {
    heardNanos = System.nanoTime();
    if (intervalNanos == 0) {
      runClosed();
    } else {
      runOpen();
    }
    return tally;
  }

  /**
   * Closes all connections and waits until the server has closed them too, since it bounds the
   * number of its connections.
   */
  @Override
  public void close() throws IOException {
    long deadline = System.nanoTime() + END_NANOS;
    for (Client client : clients) {
      client.end();
    }
    while (!selector.keys().isEmpty() && System.nanoTime() - deadline < 0) {
      selector.select(key -> ((Client) key.attachment()).closeAtEnd(buffer), MAX_WAIT_MILLIS);
    }
    for (Client client : clients) {
      client.close();
    }
    selector.close();
  }

  private void runClosed() throws IOException {
    for (Client client : clients) {
      client.begin(System.nanoTime());
    }
    long now = System.nanoTime();
    while (now - window.end < 0) {
      selector.select(key -> receive(key, this::beginAgain), MAX_WAIT_MILLIS);
      now = System.nanoTime();
      failIfSilent(now);
    }
  }

  private void beginAgain(Client client) {
    try {
      client.begin(System.nanoTime());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Begins each operation when it is due, or as soon afterwards as a client is free. */
  private void runOpen() throws IOException {
    idle.addAll(clients);
    Thread pacer = Thread.ofPlatform().daemon().start(this::pace);
    try {
      beginWhenDue();
    } finally {
      join(pacer);
    }
  }

  /**
   * Wakes the selector when an operation is due and a client is free: a selector waits in whole
   * milliseconds only. While all clients wait for answers, it would wake in vain, and take
   * processor time from a server on the same machine.
   */
  private void pace() {
    long due = window.start;
    long now = System.nanoTime();
    while (now - window.end < 0) {
      if (now - due >= 0) {
        if (clientIsFree) {
          selector.wakeup();
        }
        due += ((now - due) / intervalNanos + 1) * intervalNanos;
      }
      long pause = clientIsFree ? due - now : Math.max(due - now, LOOK_NANOS);
      LockSupport.parkNanos(Math.min(pause, window.end - now));
      now = System.nanoTime();
    }
  }

  private void beginWhenDue() throws IOException {
    long due = window.start;
    long now = System.nanoTime();
    while (now - window.end < 0) {
      while (due - now <= 0 && !idle.isEmpty()) {
        idle.remove().begin(due);
        due += intervalNanos;
      }
      clientIsFree = !idle.isEmpty();
      selector.select(key -> receive(key, idle::add), MAX_WAIT_MILLIS);
      now = System.nanoTime();
      failIfSilent(now);
    }
    countUnfinished(due);
  }

  private static void join(Thread pacer) throws IOException {
    try {
      pacer.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Counts operations that were due and are not over, which took longest. */
  private void countUnfinished(long firstNotBegun) {
    for (Client client : clients) {
      if (!idle.contains(client) && client.startNanos() - window.measured >= 0) {
        tally.unfinished(window.end - client.startNanos());
      }
    }
    for (long due = firstNotBegun; due - window.end < 0; due += intervalNanos) {
      if (due - window.measured >= 0) {
        tally.unfinished(window.end - due);
      }
    }
  }

  private void receive(SelectionKey key, Consumer<Client> over) {
    Client client = (Client) key.attachment();
    try {
      if (client.isOver(buffer, tally)) {
        heardNanos = System.nanoTime();
        count(client.startNanos(), heardNanos);
        over.accept(client);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Counts an operation that ended within the window; in an open loop, one that was due within it.
   */
  private void count(long startNanos, long endNanos) {
    boolean open = intervalNanos > 0;
    boolean measured = (open ? startNanos : endNanos) - window.measured >= 0;
    if (measured && endNanos - window.end < 0) {
      tally.finished(endNanos - startNanos);
    } else if (measured && open) {
      tally.unfinished(window.end - startNanos);
    }
  }

  private void failIfSilent(long now) throws IOException {
    boolean waiting = idle.size() < clients.size();
    if (waiting && now - heardNanos > SILENCE_NANOS) {
      throw new LoadFailedException("no answer for 30 seconds");
    }
  }
}
