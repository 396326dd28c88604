package org.ostraka.voting.wire;

import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.ostraka.voting.receipt.Receipt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes the bodies of the HTTP interface. */
public final class VotingJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private VotingJson() {}

  /** Reads the text of an object that has only this one; empty when the body is anything else. */
  public static Optional<String> only(String name, byte[] body) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT
          || json.nextToken() != JsonToken.PROPERTY_NAME
          || !name.equals(json.currentName())
          || json.nextToken() != JsonToken.VALUE_STRING) {
        return Optional.empty();
      }
      String text = json.getString();
      boolean ends = json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null;
      return ends ? Optional.of(text) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  /** Writes the ids of elections. */
  public static String ids(List<String> ids) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      ids.forEach(json::writeString);
      json.writeEndArray();
    }
    return text.toString();
  }

  /** Writes a receipt with its signature. */
  public static String receipt(Receipt receipt, byte[] signature) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("election", receipt.election());
      json.writeStringProperty("voter", receipt.voter());
      json.writeStringProperty("candidate", receipt.candidate());
      json.writeStringProperty("cast", receipt.cast().toString());
      json.writeStringProperty("region", receipt.region());
      json.writeNumberProperty("epoch", receipt.epoch());
      json.writeStringProperty("signature", Base64.getEncoder().encodeToString(signature));
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Writes an object with one text. */
  public static String text(String name, String value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty(name, value);
      json.writeEndObject();
    }
    return text.toString();
  }
}
