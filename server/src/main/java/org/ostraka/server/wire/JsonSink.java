package org.ostraka.server.wire;

/** Takes JSON piece by piece as it is written. One thread. */
interface JsonSink {
  /** The size of a piece; the first pieces of a short text are smaller. */
  int PIECE_BYTES = 32 * 1024;

  /**
   * Takes a full piece.
   *
   * @return the array for the next piece: a new one, or the same one if its bytes are not needed
   *     any more
   */
  byte[] next(byte[] piece);
}
