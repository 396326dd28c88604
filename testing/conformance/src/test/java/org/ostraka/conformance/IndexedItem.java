package org.ostraka.conformance;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item that is determined by its key and its version. Some versions lack the attributes that are
 * keys of indexes. Immutable.
 */
record IndexedItem(String key, long version) {

  private static final int STATES = 9;
  private static final int REGIONS = 500;
  private static final int MAX_PAYLOAD = 300;
  private static final int ABSENT_EVERY = 6;

  Map<String, AttributeValue> attributes() {
    Random random = new Random(key.hashCode() * 1_000_003L + version);
    Map<String, AttributeValue> attributes = new HashMap<>(key(key));
    attributes.put("version", AttributeValue.fromN(Long.toString(version)));
    if (random.nextInt(ABSENT_EVERY) != 0) {
      attributes.put("state", AttributeValue.fromS("state-" + random.nextInt(STATES)));
    }
    if (random.nextInt(ABSENT_EVERY) != 0) {
      attributes.put("weight", AttributeValue.fromN(Integer.toString(random.nextInt())));
    }
    if (random.nextInt(ABSENT_EVERY) != 0) {
      attributes.put("region", AttributeValue.fromS("region-" + random.nextInt(REGIONS)));
    }
    attributes.put("payload", AttributeValue.fromS("p".repeat(random.nextInt(MAX_PAYLOAD))));
    return attributes;
  }

  static Map<String, AttributeValue> key(String key) {
    return Map.of("id", AttributeValue.fromS(key));
  }

  /** Returns the item that was read; fails when no single write made it. */
  static IndexedItem parse(Map<String, AttributeValue> attributes) {
    IndexedItem item =
        new IndexedItem(attributes.get("id").s(), Long.parseLong(attributes.get("version").n()));
    if (!item.attributes().equals(attributes)) {
      throw new AssertionError(
          "half an item at %s: not all of version %d".formatted(item.key, item.version));
    }
    return item;
  }

  /**
   * Returns the item's entry in an index with these key attributes and these other attributes;
   * empty when the item is not in the index.
   */
  Optional<Map<String, AttributeValue>> entry(Set<String> indexKey, Set<String> others) {
    Map<String, AttributeValue> attributes = attributes();
    if (!attributes.keySet().containsAll(indexKey)) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>(indexKey);
    names.addAll(others);
    names.add("id");
    attributes.keySet().retainAll(names);
    return Optional.of(attributes);
  }
}
