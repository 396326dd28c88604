package org.ostraka.voting.wire;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/**
 * The body of a vote: {@code {"candidate": "..."}}, with the number of the ballot in a secret
 * election. Immutable.
 *
 * @param ballot the number, as the voter chose it
 */
public record VoteJson(String candidate, Optional<String> ballot) {
  private static final String CANDIDATE = "candidate";
  private static final String BALLOT = "ballot";
  private static final Set<String> NAMES = Set.of(CANDIDATE, BALLOT);

  /** Reads a vote; empty when the body is anything else. */
  public static Optional<VoteJson> read(byte[] body) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser json = VotingJson.FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        if (!NAMES.contains(name) || json.nextToken() != JsonToken.VALUE_STRING) {
          return Optional.empty();
        }
        texts.put(name, json.getString());
      }
      boolean ends = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
      Optional<String> ballot = Optional.ofNullable(texts.get(BALLOT));
      return ends
          ? Optional.ofNullable(texts.get(CANDIDATE)).map(name -> new VoteJson(name, ballot))
          : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  /** Writes the vote. */
  public String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        VotingJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty(CANDIDATE, candidate);
      ballot.ifPresent(number -> json.writeStringProperty(BALLOT, number));
      json.writeEndObject();
    }
    return text.toString();
  }
}
