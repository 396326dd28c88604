package org.ostraka.cli.copy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.delivery.json.JsonValue;

/**
 * Writes the changes of stream records to the target: of each key the last of a page. A record
 * without the new image has the item read from the source. Any thread.
 *
 * @param since when the scan began; records that are much older say nothing that the scan did not
 *     read, so they are passed over
 * @param turns keeps writers of one key apart: what one has read from the source, another one must
 *     not replace by something newer before it is written
 */
record ChangeWriter(Table source, Table target, Rate rate, Instant since, KeyTurns turns) {
  /** More than the clocks of a signed request may differ. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);

  /**
   * The most keys that a repair takes at once: those of one BatchGetItem. The tail of the stream
   * waits for them, at a low rate for as long as the writes take.
   */
  private static final int KEYS_PER_REPAIR = 100;

  /** Returns how many of the records were changes to copy. */
  int write(List<JsonValue> records) {
    Map<Digest, JsonValue> last = new LinkedHashMap<>();
    int changes = 0;
    for (JsonValue record : records) {
      if (created(record).filter(since.minus(CLOCKS_DIFFER)::isAfter).isPresent()) {
        continue;
      }
      changes++;
      last.put(ItemDigest.of(key(record)), record);
    }
    List<JsonValue> writes = new ArrayList<>();
    List<JsonValue> unread = new ArrayList<>();
    for (JsonValue record : last.values()) {
      Optional<JsonValue> image = Json.optional(change(record), "NewImage");
      if (Json.string(record, "eventName").equals("REMOVE")) {
        writes.add(Table.delete(key(record)));
      } else if (image.isPresent()) {
        writes.add(Table.put(image.get()));
      } else {
        unread.add(key(record));
      }
    }
    turns.run(
        Set.copyOf(last.keySet()),
        () -> {
          writes.addAll(asAtSource(unread));
          target.write(writes, rate);
        });
    return changes;
  }

  /** Writes these keys to the target as the source has them now. */
  void repair(List<JsonValue> keys) {
    for (int from = 0; from < keys.size(); from += KEYS_PER_REPAIR) {
      List<JsonValue> some = keys.subList(from, Math.min(from + KEYS_PER_REPAIR, keys.size()));
      turns.run(
          some.stream().map(ItemDigest::of).collect(Collectors.toSet()),
          () -> target.write(asAtSource(some), rate));
    }
  }

  private List<JsonValue> asAtSource(List<JsonValue> keys) {
    Map<Digest, JsonValue> items = source.read(keys);
    return keys.stream()
        .map(key ->
            Optional.ofNullable(items.get(ItemDigest.of(key)))
                .map(Table::put)
                .orElseGet(() -> Table.delete(key)))
        .toList();
  }

  /** Returns the second in which the change was made, if the record says so. */
  static Optional<Instant> created(JsonValue record) {
    return Json.optionalNumber(change(record), "ApproximateCreationDateTime")
        .map(BigDecimal::longValue)
        .map(Instant::ofEpochSecond);
  }

  static String sequenceNumber(JsonValue record) {
    return Json.string(change(record), "SequenceNumber");
  }

  private static JsonValue key(JsonValue record) {
    return Json.member(change(record), "Keys");
  }

  private static JsonValue change(JsonValue record) {
    return Json.member(record, "dynamodb");
  }
}
