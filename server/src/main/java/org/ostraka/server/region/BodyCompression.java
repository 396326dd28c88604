package org.ostraka.server.region;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.ostraka.server.http.Zstandard;

/** Compresses the bodies of requests: with Zstandard from the second version on. Stateless. */
final class BodyCompression {
  private static final int FIRST_WITH_ZSTANDARD = 2;

  private BodyCompression() {}

  /**
   * A compressed body. Immutable.
   *
   * @param coding the value of the Content-Encoding field
   */
  record Compressed(String coding, byte[] bytes) {}

  /** Returns a body as a server of a version of the protocol can read it. */
  static Compressed compressed(int version, byte[] body) throws IOException {
    return version >= FIRST_WITH_ZSTANDARD
        ? new Compressed(Zstandard.NAME, Zstandard.compressed(body))
        : new Compressed("gzip", gzip(body));
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2 + 64);
    try (FastGzip out = new FastGzip(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  /** The stream that compresses quickly. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
