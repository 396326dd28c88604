package org.ostraka.voting.wire;

import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Eligibility;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.State;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/** An election as anybody may see it. */
public final class ElectionJson {
  private static final String CANDIDATES = "candidates";
  private static final String REGIONS = "regions";
  private static final String VOTERS = "voters";
  private static final String SECRET = "secret";
  private static final Set<String> TEXTS = Set.of("id", "opens", "closes", "state");
  private static final Set<String> NUMBERS = Set.of("version", "shards");
  private static final int PROPERTIES = 10;

  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final Map<String, Set<String>> claims = new HashMap<>();
  private boolean isSecret;

  private ElectionJson() {}

  /** Writes an election as it is at this moment. */
  public static String text(Election election, Instant now) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        VotingJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("id", election.id());
      write(json, CANDIDATES, election.candidates());
      json.writeStringProperty("opens", election.opens().toString());
      json.writeStringProperty("closes", election.closes().toString());
      json.writeStringProperty("state", word(election.state(now)));
      json.writeNumberProperty("version", election.version());
      json.writeBooleanProperty(SECRET, election.isSecret());
      json.writeName(VOTERS);
      json.writeStartArray();
      election
          .voters()
          .claims()
          .forEach((claim, values) -> {
            json.writeStartObject();
            json.writeStringProperty("claim", claim);
            write(json, "values", values);
            json.writeEndObject();
          });
      json.writeEndArray();
      json.writeNumberProperty("shards", election.sharding().shards());
      write(json, REGIONS, election.regions());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, Collection<String> values) {
    json.writeName(name);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  /** Reads an election as {@link #text} writes it; empty for anything else. */
  public static Optional<Election> read(byte[] body) {
    try (JsonParser json = VotingJson.FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      ElectionJson read = new ElectionJson();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        read.property(json);
      }
      boolean ends = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
      return ends && read.seen.size() == PROPERTIES
          ? Optional.of(read.election())
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException | DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private void property(JsonParser json) {
    String name = json.currentName();
    JsonToken value = json.nextToken();
    seen.add(name);
    if (TEXTS.contains(name) && value == JsonToken.VALUE_STRING) {
      texts.put(name, json.getString());
    } else if (NUMBERS.contains(name) && value == JsonToken.VALUE_NUMBER_INT) {
      numbers.put(name, json.getIntValue());
    } else if (name.equals(SECRET)
        && (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE)) {
      isSecret = value == JsonToken.VALUE_TRUE;
    } else if (name.equals(CANDIDATES) || name.equals(REGIONS)) {
      lists.put(name, texts(json));
    } else if (name.equals(VOTERS) && value == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        claim(json);
      }
    } else {
      throw new IllegalArgumentException("an election has no such " + name);
    }
  }

  private static List<String> texts(JsonParser json) {
    List<String> texts = new ArrayList<>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("no list");
    }
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(json.getString());
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw new IllegalArgumentException("a list has a value that is not a text");
    }
    return texts;
  }

  private void claim(JsonParser json) {
    Optional<String> claim = Optional.empty();
    List<String> values = List.of();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("claim") && value == JsonToken.VALUE_STRING) {
        claim = Optional.of(json.getString());
      } else if (name.equals("values")) {
        values = texts(json);
      } else {
        throw new IllegalArgumentException("a claim has no such " + name);
      }
    }
    String name = claim.orElseThrow(() -> new IllegalArgumentException("no claim"));
    Set<String> distinct = new HashSet<>(values);
    if (distinct.size() < values.size() || claims.putIfAbsent(name, distinct) != null) {
      throw new IllegalArgumentException("a claim or one of its values is there twice");
    }
  }

  private Election election() {
    return new Election(
        text("id"),
        list(CANDIDATES),
        Instant.parse(text("opens")),
        Instant.parse(text("closes")),
        new Sharding(numbers.getOrDefault("shards", 0)),
        list(REGIONS),
        numbers.getOrDefault("version", 0),
        state(text("state")) == State.CERTIFIED,
        isSecret,
        new Eligibility(claims));
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static State state(String word) {
    return Arrays.stream(State.values())
        .filter(state -> word(state).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no election is " + word));
  }

  private String text(String name) {
    return texts.getOrDefault(name, "");
  }

  private List<String> list(String name) {
    return lists.getOrDefault(name, List.of());
  }
}
