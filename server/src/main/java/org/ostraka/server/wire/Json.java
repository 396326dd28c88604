package org.ostraka.server.wire;

import java.util.Arrays;
import java.util.function.Consumer;
import org.ostraka.model.Utf8;
import org.ostraka.model.error.SerializationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes JSON for this package. Stateless. */
final class Json {
  /**
   * The most characters of a name or string: the size of a request, which the HTTP server limits.
   */
  private static final int MAX_STRING_CHARS = 16 << 20;

  /** The most levels of objects and arrays; an item of 32 levels needs 67. */
  private static final int MAX_DEPTH = 1_000;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // The API's JSON is UTF-8.
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .recyclerPool(new ParserBuffers())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(MAX_STRING_CHARS)
                  .maxStringLength(MAX_STRING_CHARS)
                  .maxNumberLength(MAX_STRING_CHARS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private Json() {}

  /**
   * Makes a parser of a body.
   *
   * @throws StreamReadException when the body is not UTF-8: Jackson itself reads overlong forms
   */
  static JsonParser parser(byte[] body) {
    if (!Utf8.isWellFormed(body)) {
      throw new StreamReadException("not UTF-8");
    }
    int start = startsWithMark(body) ? BYTE_ORDER_MARK.length : 0;
    return FACTORY.createParser(ObjectReadContext.empty(), body, start, body.length - start);
  }

  /** A byte order mark is skipped (RFC 8259, section 8.1). */
  private static boolean startsWithMark(byte[] body) {
    int length = BYTE_ORDER_MARK.length;
    return body.length >= length && Arrays.equals(body, 0, length, BYTE_ORDER_MARK, 0, length);
  }

  /** Reads on to the end; throws when the rest is not JSON. */
  static void skim(JsonParser parser) {
    JsonToken token = parser.nextToken();
    while (token != null) {
      token = parser.nextToken();
    }
  }

  static void requireEnd(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw new SerializationException("");
    }
  }

  /** Returns whether the bytes are exactly one JSON value. */
  static boolean isValid(byte[] body) {
    try (JsonParser parser = parser(body)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException _) {
      return false;
    }
  }

  /** Returns the bytes of an object whose members {@code members} writes. */
  static byte[] object(Consumer<JsonOutput> members) {
    JsonPieces pieces = new JsonPieces();
    JsonOutput json = new JsonOutput(pieces);
    json.writeObject(members);
    return pieces.toByteArray(json);
  }
}
