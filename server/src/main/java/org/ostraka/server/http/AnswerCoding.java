package org.ostraka.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The compression of an answer, at the fastest level, which saves most of the bytes. */
enum AnswerCoding {
  IDENTITY,
  GZIP,
  DEFLATE;

  /**
   * Returns the coding with the greatest weight in all Accept-Encoding fields of a request; gzip
   * when two have the same weight (RFC 9110, section 12.5.3).
   */
  static AnswerCoding chosen(HttpHeaders asked) {
    double gzip = weight("gzip", asked);
    double deflate = weight("deflate", asked);
    if (gzip <= 0 && deflate <= 0) {
      return IDENTITY;
    }
    return gzip >= deflate ? GZIP : DEFLATE;
  }

  /** Returns the coding's name in header fields. */
  String fieldValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns a stream that compresses into another one. */
  OutputStream compressing(OutputStream out) throws IOException {
    return switch (this) {
      case GZIP -> new FastGzip(out);
      case DEFLATE -> new FastDeflate(out);
      case IDENTITY -> out;
    };
  }

  private static double weight(String name, HttpHeaders asked) {
    for (String field : asked.all("Accept-Encoding")) {
      for (String coding : field.toLowerCase(Locale.ROOT).split(",")) {
        String[] parts = coding.split(";");
        if (parts.length > 0 && parts[0].strip().equals(name)) {
          return parts.length == 1 ? 1 : weight(parts[1].strip());
        }
      }
    }
    return 0;
  }

  /** Returns the weight of a parameter; a parameter that is not a weight counts as absent. */
  private static double weight(String parameter) {
    if (!parameter.matches("q=[01](\\.[0-9]{0,3})?")) {
      return 1;
    }
    return Double.parseDouble(parameter.substring(2));
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static final class FastDeflate extends DeflaterOutputStream {
    FastDeflate(OutputStream out) {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
