package org.ostraka.server.wire.cloudwatch;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ostraka.model.Utf8;
import org.ostraka.model.cloudwatch.CloudWatchError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Documents as JSON: times are seconds since 1970. One use, one thread. */
final class JsonDocument {
  private static final int MAX_DEPTH = 20;
  private static final double MILLIS_PER_SECOND = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final JsonParser parser;
  private int values;

  private JsonDocument(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads a body, which must be an object. */
  static Document.Structure read(byte[] body) {
    if (!Utf8.isWellFormed(body)) {
      throw malformed();
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      Document.Structure structure = new JsonDocument(parser).structure();
      if (parser.nextToken() != null) {
        throw malformed();
      }
      return structure;
    } catch (JacksonException _) {
      throw malformed();
    }
  }

  private static RuntimeException malformed() {
    return CloudWatchError.MALFORMED_INPUT.because("The body is not a JSON object.");
  }

  private Document.Structure structure() {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      // A null is a member that is not there.
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        members.put(name, value());
      }
    }
    return new Document.Structure(members);
  }

  private Document value() {
    values++;
    if (values > Document.MAX_VALUES) {
      throw CloudWatchError.MALFORMED_INPUT.because(
          "The request has more than " + Document.MAX_VALUES + " values.");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> structure();
      case START_ARRAY -> {
        List<Document> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value());
        }
        yield new Document.Several(elements);
      }
      case VALUE_STRING -> new Document.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Document.Numeric(parser.getDoubleValue());
      case VALUE_TRUE -> new Document.Flag(true);
      case VALUE_FALSE -> new Document.Flag(false);
      case null, default -> throw malformed();
    };
  }

  /** Writes an answer. */
  static byte[] write(Document document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(document, json);
    }
    return bytes.toByteArray();
  }

  private static void write(Document document, JsonGenerator json) {
    switch (document) {
      case Document.Text(String value) -> json.writeString(value);
      case Document.Numeric(double value) -> json.writeNumber(value);
      case Document.Flag(boolean value) -> json.writeBoolean(value);
      case Document.Time(var time) -> json.writeNumber(time.toEpochMilli() / MILLIS_PER_SECOND);
      case Document.Several(var elements) -> {
        json.writeStartArray();
        elements.forEach(element -> write(element, json));
        json.writeEndArray();
      }
      case Document.Structure(var members) -> write(members, json);
      case Document.Entries(var entries) -> write(entries, json);
    }
  }

  private static void write(SequencedMap<String, Document> members, JsonGenerator json) {
    json.writeStartObject();
    members.forEach((name, value) -> {
      json.writeName(name);
      write(value, json);
    });
    json.writeEndObject();
  }
}
