package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.load.OverloadedException;

/**
 * Makes the JSON of an answer, and keeps it while there is room. Beyond that it only measures the
 * JSON, which is made again from the stored bytes of its items while it is sent. One thread.
 */
final class JsonAnswer implements JsonSink {
  /** The largest answer that is kept: enough for the JSON of an ordinary page. */
  private static final long MAX_KEPT_BYTES = 4L << 20;

  /** The bytes of JSON whose making counts as one unit of {@link Allowance}. */
  private static final int BYTES_PER_UNIT = 256;

  private final Allowance allowance;
  private final long itemBytes;
  private final List<byte[]> kept = new ArrayList<>();
  private final CRC32 crc = new CRC32();
  private long length;
  private boolean measuring;

  private JsonAnswer(Allowance allowance) {
    this.allowance = allowance;
    this.itemBytes = allowance.answerBytes();
  }

  /** Whether the server may refuse to send an answer. */
  enum Kind {
    /** The answer to a write that was done, which must be sent. */
    DONE,
    /** Any other answer. */
    REPEATABLE
  }

  /**
   * Makes the JSON of an object. Afterwards the allowance holds the bytes of the JSON, or those of
   * its items if the JSON is not kept.
   *
   * @param members writes the same members at each call
   * @throws OverloadedException when the answer is repeatable and there is no room for it
   * @throws org.ostraka.engine.load.TooMuchWorkException when it is too much work for this thread
   */
  static JsonBody object(Consumer<JsonOutput> members, Allowance allowance, Kind kind) {
    JsonAnswer answer = new JsonAnswer(allowance);
    JsonOutput json = new JsonOutput(answer);
    json.writeObject(members);
    JsonBody body = answer.body(json, members);
    boolean held = answer.measuring || allowance.tryHoldAnswer(body.length());
    if (!held && kind == Kind.REPEATABLE) {
      throw new OverloadedException("there is no room for the answer");
    }
    return body;
  }

  @Override
  public byte[] next(byte[] piece) {
    allowance.compute(piece.length / BYTES_PER_UNIT);
    length += piece.length;
    if (measuring) {
      crc.update(piece);
      return piece;
    }
    kept.add(piece);
    if (length + PIECE_BYTES > MAX_KEPT_BYTES
        || !allowance.tryHoldAnswer(itemBytes + length + PIECE_BYTES)) {
      measure();
      return piece;
    }
    return new byte[PIECE_BYTES];
  }

  /** Drops the kept pieces and only measures from now on. */
  private void measure() {
    measuring = true;
    kept.forEach(crc::update);
    kept.clear();
    allowance.holdAnswer(itemBytes);
  }

  private JsonBody body(JsonOutput json, Consumer<JsonOutput> members) {
    length += json.pieceBytes();
    if (measuring) {
      crc.update(json.piece(), 0, json.pieceBytes());
      return new JsonBody.Told(members, length, crc.getValue());
    }
    kept.add(json.piece());
    return new JsonBody.Whole(List.copyOf(kept), length);
  }
}
