package org.ostraka.voting.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * A publication of roots as {@link ProofJson#roots} writes it, and as others keep it. Immutable.
 *
 * @param top the root over all shards, in hexadecimal digits
 */
public record RootJson(
    String region,
    long number,
    String time,
    String previous,
    int shards,
    String top,
    String signature) {
  private static final Set<String> TEXTS = Set.of("region", "time", "previous", "top", "signature");
  private static final Set<String> NUMBERS = Set.of("number", "shards");

  /** Reads a list of publications; empty when the text is anything else. */
  public static Optional<List<RootJson>> read(byte[] text) {
    List<RootJson> roots = new ArrayList<>();
    try (JsonParser json = VotingJson.FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Optional<RootJson> one = one(json);
        if (one.isEmpty()) {
          return Optional.empty();
        }
        roots.add(one.get());
      }
      boolean ends = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null;
      return ends ? Optional.of(roots) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<RootJson> one(JsonParser json) {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (TEXTS.contains(name) && value == JsonToken.VALUE_STRING) {
        texts.put(name, json.getString());
      } else if (NUMBERS.contains(name) && value == JsonToken.VALUE_NUMBER_INT) {
        numbers.put(name, json.getLongValue());
      } else {
        return Optional.empty();
      }
    }
    if (!texts.keySet().equals(TEXTS) || !numbers.keySet().equals(NUMBERS)) {
      return Optional.empty();
    }
    return Optional.of(
        new RootJson(
            texts.getOrDefault("region", ""),
            numbers.getOrDefault("number", 0L),
            texts.getOrDefault("time", ""),
            texts.getOrDefault("previous", ""),
            (int) Math.min(Integer.MAX_VALUE, numbers.getOrDefault("shards", 0L)),
            texts.getOrDefault("top", ""),
            texts.getOrDefault("signature", "")));
  }
}
