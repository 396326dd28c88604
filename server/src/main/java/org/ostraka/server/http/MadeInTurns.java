package org.ostraka.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * Makes a body while it is sent, in turns of limited length. A virtual thread whose client reads
 * fast would otherwise keep its carrier to the end, and several would keep all carriers. A slow
 * client does not hold a turn while it is waited for. One thread.
 */
final class MadeInTurns extends OutputStream {
  /** The bytes made in one turn: some hundred microseconds of work. */
  private static final int BYTES_PER_TURN = 128 * 1024;

  private final OutputStream out;
  private final Semaphore turns;
  private final byte[] made = new byte[BYTES_PER_TURN];
  private int size;
  private boolean hasTurn;

  private MadeInTurns(OutputStream out, Semaphore turns) {
    this.out = out;
    this.turns = turns;
  }

  /**
   * Makes a body and sends it.
   *
   * @param turns the turns to share, fewer than there are processors
   */
  static void send(Body.Pieces body, OutputStream out, Semaphore turns) throws IOException {
    MadeInTurns stream = new MadeInTurns(out, turns);
    try {
      stream.takeTurn();
      body.writeTo(stream);
      stream.sendMade();
    } finally {
      stream.giveTurn();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (size == BYTES_PER_TURN) {
        sendMade();
        takeTurn();
      }
      int part = Math.min(length - done, BYTES_PER_TURN - size);
      System.arraycopy(bytes, offset + done, made, size, part);
      size += part;
      done += part;
    }
  }

  private void sendMade() throws IOException {
    giveTurn();
    out.write(made, 0, size);
    size = 0;
  }

  private void takeTurn() {
    turns.acquireUninterruptibly();
    hasTurn = true;
  }

  private void giveTurn() {
    if (hasTurn) {
      hasTurn = false;
      turns.release();
    }
  }
}
