package org.ostraka.voting.wire;

import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.election.Election;
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

  /**
   * Reads the candidates of an election as {@link #election} writes it; empty for anything else.
   */
  public static List<String> candidates(byte[] election) {
    List<String> candidates = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), election)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.PROPERTY_NAME
            && "candidates".equals(json.currentName())
            && json.nextToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            candidates.add(json.getString());
          }
        }
      }
      return candidates;
    } catch (JacksonException malformed) {
      return List.of();
    }
  }

  /** Returns whether an election as {@link #election} writes it is secret. */
  public static boolean isSecret(byte[] election) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), election)) {
      boolean isSecret = false;
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.PROPERTY_NAME && "secret".equals(json.currentName())) {
          isSecret = json.nextToken() == JsonToken.VALUE_TRUE;
        }
      }
      return isSecret;
    } catch (JacksonException malformed) {
      return false;
    }
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

  /** Writes an election as voters see it at this moment. */
  public static String election(Election election, Instant now) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("id", election.id());
      json.writeName("candidates");
      json.writeStartArray();
      election.candidates().forEach(json::writeString);
      json.writeEndArray();
      json.writeStringProperty("opens", election.opens().toString());
      json.writeStringProperty("closes", election.closes().toString());
      json.writeStringProperty("state", election.state(now).name().toLowerCase(Locale.ROOT));
      json.writeNumberProperty("version", election.version());
      json.writeBooleanProperty("secret", election.isSecret());
      json.writeName("voters");
      json.writeStartArray();
      election.voters().claims().forEach((claim, values) -> write(json, claim, values));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String claim, Set<String> values) {
    json.writeStartObject();
    json.writeStringProperty("claim", claim);
    json.writeName("values");
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
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
