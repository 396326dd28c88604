package org.ostraka.server.wire.cloudwatch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ostraka.model.cloudwatch.CloudWatchError;

/**
 * Reads documents in CBOR (RFC 8949), as far as Smithy's RPC v2 protocol has it: no byte strings,
 * no tags but that of times. One use, one thread.
 */
final class CborReader {
  private static final int MAX_DEPTH = 20;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xff;
  private static final int EPOCH_TIME = 1;

  private final ByteBuffer bytes;
  private int values;

  private CborReader(byte[] body) {
    this.bytes = ByteBuffer.wrap(body);
  }

  /** Reads a body, which must be a map; an empty body is one without members. */
  static Document.Structure read(byte[] body) {
    if (body.length == 0) {
      return new Document.Structure(new LinkedHashMap<>());
    }
    CborReader reader = new CborReader(body);
    if (reader.value(0).orElse(null) instanceof Document.Structure structure
        && !reader.bytes.hasRemaining()) {
      return structure;
    }
    throw malformed();
  }

  private static RuntimeException malformed() {
    return CloudWatchError.MALFORMED_INPUT.because("The body is not a map in CBOR.");
  }

  private int next() {
    if (!bytes.hasRemaining()) {
      throw malformed();
    }
    return bytes.get() & 0xff;
  }

  /** Reads a value; empty for null and undefined. */
  private Optional<Document> value(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed();
    }
    // The body itself is not counted.
    values += Math.min(depth, 1);
    if (values > Document.MAX_VALUES) {
      throw CloudWatchError.MALFORMED_INPUT.because(
          "The request has more than " + Document.MAX_VALUES + " values.");
    }
    int head = next();
    int low = head & 0x1f;
    return switch (head >> 5) {
      case 0 -> Optional.of(new Document.Numeric(unsigned(low)));
      case 1 -> Optional.of(new Document.Numeric(-1.0 - unsigned(low)));
      case TEXT -> Optional.of(new Document.Text(text(low)));
      case ARRAY -> Optional.of(array(low, depth));
      case MAP -> Optional.of(map(low, depth));
      case TAG -> Optional.of(tagged(low, depth));
      case 7 -> simple(low);
      default -> throw malformed();
    };
  }

  private double unsigned(int low) {
    long value = argument(low);
    return value >= 0 ? value : value + 0x1p64;
  }

  private long argument(int low) {
    if (low < 24) {
      return low;
    }
    int size =
        switch (low) {
          case 24 -> Byte.BYTES;
          case 25 -> Short.BYTES;
          case 26 -> Integer.BYTES;
          case 27 -> Long.BYTES;
          default -> throw malformed();
        };
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << Byte.SIZE | next();
    }
    return value;
  }

  /** Returns a number of bytes or elements, which the rest of the body has room for. */
  private int length(int low) {
    long length = argument(low);
    if (length < 0 || length > bytes.remaining()) {
      throw malformed();
    }
    return (int) length;
  }

  private String text(int low) {
    if (low != INDEFINITE) {
      return piece(length(low));
    }
    StringBuilder pieces = new StringBuilder();
    for (int head = next(); head != BREAK; head = next()) {
      if (head >> 5 != TEXT || (head & 0x1f) == INDEFINITE) {
        throw malformed();
      }
      pieces.append(piece(length(head & 0x1f)));
    }
    return pieces.toString();
  }

  private String piece(int length) {
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException _) {
      throw malformed();
    }
  }

  private boolean ends() {
    boolean ends = bytes.hasRemaining() && (bytes.get(bytes.position()) & 0xff) == BREAK;
    if (ends) {
      next();
    }
    return ends;
  }

  private Document array(int low, int depth) {
    List<Document> elements = new ArrayList<>();
    int size = low == INDEFINITE ? Integer.MAX_VALUE : length(low);
    for (int i = 0; i < size && !(low == INDEFINITE && ends()); i++) {
      elements.add(value(depth + 1).orElseThrow(CborReader::malformed));
    }
    return new Document.Several(elements);
  }

  private Document map(int low, int depth) {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    int size = low == INDEFINITE ? Integer.MAX_VALUE : length(low);
    for (int i = 0; i < size && !(low == INDEFINITE && ends()); i++) {
      int head = next();
      if (head >> 5 != TEXT) {
        throw malformed();
      }
      String name = text(head & 0x1f);
      value(depth + 1).ifPresent(value -> members.put(name, value));
    }
    return new Document.Structure(members);
  }

  private Document tagged(int low, int depth) {
    if (argument(low) == EPOCH_TIME
        && value(depth + 1).orElse(null) instanceof Document.Numeric(double seconds)) {
      return new Document.Numeric(seconds);
    }
    throw malformed();
  }

  private Optional<Document> simple(int low) {
    return switch (low) {
      case 20 -> Optional.of(new Document.Flag(false));
      case 21 -> Optional.of(new Document.Flag(true));
      case 22, 23 -> Optional.empty();
      case 25 -> Optional.of(new Document.Numeric(Float.float16ToFloat((short) argument(low))));
      case 26 -> Optional.of(new Document.Numeric(Float.intBitsToFloat((int) argument(low))));
      case 27 -> Optional.of(new Document.Numeric(Double.longBitsToDouble(argument(low))));
      default -> throw malformed();
    };
  }
}
