package org.ostraka.server.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** What the encrypted connections of one server share. Any thread. */
final class TlsPort {
  /** The buffers that are kept for reuse, of 17 KB each. */
  private static final int KEPT_BUFFERS = 64;

  private final Supplier<SSLEngine> engines;
  private final BlockingQueue<byte[]> buffers = new ArrayBlockingQueue<>(KEPT_BUFFERS);

  /**
   * The turns for the computing of handshakes, about a millisecond each. They leave a processor to
   * requests on open connections, however many clients connect.
   */
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);

  /**
   * Makes the shared parts.
   *
   * @param engines makes the server's end of a new connection
   */
  TlsPort(Supplier<SSLEngine> engines) {
    this.engines = engines;
  }

  SSLEngine newEngine() {
    return engines.get();
  }

  /** Runs the tasks of a handshake that are due. */
  void compute(SSLEngine engine) {
    turns.acquireUninterruptibly();
    try {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
    } finally {
      turns.release();
    }
  }

  byte[] takeBuffer(int bytes) {
    byte @Nullable [] kept = buffers.poll();
    return kept != null && kept.length >= bytes ? kept : new byte[bytes];
  }

  void giveBuffer(byte[] buffer) {
    boolean _ = buffers.offer(buffer);
  }
}
