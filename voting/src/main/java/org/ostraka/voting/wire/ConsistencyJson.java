package org.ostraka.voting.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.audit.Consistency;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.PublishedShard;
import org.ostraka.voting.audit.ShardRoot;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Reads proofs of consistency as {@link ProofJson#consistency} writes them. */
public final class ConsistencyJson {
  private static final String PATH = "path";
  private static final String SHARD_PATH = "shardPath";
  private static final Set<String> TEXTS = Set.of("time", "previous", "top", "signature", "root");
  private static final Set<String> NUMBERS = Set.of("number", "shards", "size");

  private ConsistencyJson() {}

  /** Reads a proof; empty when the text is anything else. */
  public static Optional<Consistency> read(byte[] text) {
    try (JsonParser json = VotingJson.FACTORY.createParser(ObjectReadContext.empty(), text)) {
      expect(json, JsonToken.START_OBJECT);
      Map<String, PublishedShard> sides = new HashMap<>();
      Optional<Integer> shard = Optional.empty();
      Optional<List<Hash>> path = Optional.empty();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        switch (name) {
          case "shard" -> {
            expect(json, JsonToken.VALUE_NUMBER_INT);
            shard = Optional.of(json.getIntValue());
          }
          case "from", "to" -> sides.put(name, published(json));
          case PATH -> path = Optional.of(hashes(json));
          default -> throw new IllegalArgumentException("no proof has " + name);
        }
      }
      if (json.nextToken() != null || sides.size() != 2) {
        return Optional.empty();
      }
      return Optional.of(
          new Consistency(
              shard.orElseThrow(),
              Optional.ofNullable(sides.get("from")).orElseThrow(),
              Optional.ofNullable(sides.get("to")).orElseThrow(),
              path.orElseThrow()));
    } catch (JacksonException
        | IllegalArgumentException
        | NoSuchElementException
        | DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static PublishedShard published(JsonParser json) {
    expect(json, JsonToken.START_OBJECT);
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    List<Hash> path = List.of();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      if (name.equals(SHARD_PATH)) {
        path = hashes(json);
      } else if (TEXTS.contains(name)) {
        expect(json, JsonToken.VALUE_STRING);
        texts.put(name, json.getString());
      } else if (NUMBERS.contains(name)) {
        expect(json, JsonToken.VALUE_NUMBER_INT);
        numbers.put(name, json.getLongValue());
      } else {
        throw new IllegalArgumentException("no publication has " + name);
      }
    }
    if (!texts.keySet().equals(TEXTS) || !numbers.keySet().equals(NUMBERS)) {
      throw new IllegalArgumentException("a publication has more");
    }
    return new PublishedShard(
        numbers.getOrDefault("number", 0L),
        Instant.parse(texts.getOrDefault("time", "")),
        hash(texts.getOrDefault("previous", "")),
        (int) Math.min(Integer.MAX_VALUE, numbers.getOrDefault("shards", 0L)),
        hash(texts.getOrDefault("top", "")),
        texts.getOrDefault("signature", ""),
        new ShardRoot(numbers.getOrDefault("size", 0L), hash(texts.getOrDefault("root", ""))),
        path);
  }

  private static List<Hash> hashes(JsonParser json) {
    expect(json, JsonToken.START_ARRAY);
    List<Hash> hashes = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      hashes.add(hash(json.getString()));
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw new IllegalArgumentException("a path has hashes only");
    }
    return hashes;
  }

  private static Hash hash(String digits) {
    return Hash.of(HexFormat.of().parseHex(digits));
  }

  private static void expect(JsonParser json, JsonToken token) {
    if (json.nextToken() != token) {
      throw new IllegalArgumentException("a proof has " + token + " here");
    }
  }
}
