package org.ostraka.server.region;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses the bodies of requests with gzip, and spends processor time only where it pays. Texts
 * that repeat are searched for. Where that saves little, as with random texts and with what is
 * compressed already, the next bodies only get shorter codes for frequent bytes (Huffman coding),
 * which takes a sixth of the time. Any thread.
 */
final class BodyCompression {
  /** Bodies that are compressed without a search after one for which it saved little. */
  static final int BODIES_WITHOUT_SEARCH = 31;

  /** The search has saved enough when it leaves this part of a body, in percent. */
  private static final int ENOUGH_PERCENT = 60;

  /** How many of the next bodies are not searched. */
  private final AtomicInteger withoutSearch = new AtomicInteger();

  /** Returns a body in gzip's format. */
  byte[] compressed(byte[] body) throws IOException {
    if (withoutSearch.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return compressed(body, Deflater.HUFFMAN_ONLY);
    }
    byte[] searched = compressed(body, Deflater.DEFAULT_STRATEGY);
    if (searched.length * 100L > (long) body.length * ENOUGH_PERCENT) {
      withoutSearch.set(BODIES_WITHOUT_SEARCH);
    }
    return searched;
  }

  private static byte[] compressed(byte[] body, int strategy) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2 + 64);
    try (Gzip out = new Gzip(bytes, strategy)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  /** The stream that compresses, with a strategy of its own. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(ByteArrayOutputStream out, int strategy) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
      def.setStrategy(strategy);
    }
  }
}
