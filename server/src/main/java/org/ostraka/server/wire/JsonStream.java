package org.ostraka.server.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Writes JSON to a stream as it is made. One thread. */
record JsonStream(OutputStream out) implements JsonSink {
  /** Writes an object with the members that {@code members} writes. */
  static void write(Consumer<JsonOutput> members, OutputStream out) throws IOException {
    JsonOutput json = new JsonOutput(new JsonStream(out));
    try {
      json.writeObject(members);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    out.write(json.piece(), 0, json.pieceBytes());
  }

  @Override
  public byte[] next(byte[] piece) {
    try {
      out.write(piece);
      return piece;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
