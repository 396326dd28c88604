package org.ostraka.server.wire;

import java.util.function.Consumer;
import org.ostraka.model.error.SerializationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes JSON for this package. Stateless. */
final class Json {
  /**
   * The most characters of a name or string: the size of a request, which the HTTP server limits.
   */
  private static final int MAX_STRING_CHARS = 16 << 20;

  /** The most levels of objects and arrays; an item of 32 levels needs 67. */
  private static final int MAX_DEPTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(MAX_STRING_CHARS)
                  .maxStringLength(MAX_STRING_CHARS)
                  .maxNumberLength(MAX_STRING_CHARS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private Json() {}

  static JsonParser parser(byte[] body) {
    return FACTORY.createParser(ObjectReadContext.empty(), body);
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
