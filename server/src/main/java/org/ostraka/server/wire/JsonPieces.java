package org.ostraka.server.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps JSON as it is written. One thread. */
final class JsonPieces implements JsonSink {
  private final List<byte[]> full = new ArrayList<>();

  @Override
  public byte[] next(byte[] piece) {
    full.add(piece);
    return new byte[PIECE_BYTES];
  }

  /** Returns everything that was written to this output, which ends here. */
  byte[] toByteArray(JsonOutput json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.pieceBytes());
    full.forEach(bytes::writeBytes);
    bytes.write(json.piece(), 0, json.pieceBytes());
    return bytes.toByteArray();
  }
}
