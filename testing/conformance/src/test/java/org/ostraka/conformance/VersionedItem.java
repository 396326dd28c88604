package org.ostraka.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item that is determined by its key and its version, so that a reader can check that all of it
 * was written together. Immutable.
 */
record VersionedItem(String key, long version) {

  private static final int PAYLOADS = 6;
  private static final int SMALL_BYTES = 200;

  /**
   * The size of large payloads: together they exceed a block of a write-ahead log, so that a record
   * may be torn.
   */
  private static final int LARGE_BYTES = 12_000;

  private static final int LARGE_EVERY = 16;

  Map<String, AttributeValue> attributes() {
    Random random = new Random(key.hashCode() * 1_000_003L + version);
    Map<String, AttributeValue> attributes = new HashMap<>(VoteTable.key(key));
    attributes.put("version", AttributeValue.fromN(Long.toString(version)));
    for (int i = 0; i < PAYLOADS; i++) {
      attributes.put("payload" + i, AttributeValue.fromS(payload(random)));
    }
    return attributes;
  }

  /**
   * Returns the item that was read, as a version of its key; fails when no single write made it.
   */
  static VersionedItem parse(String key, Map<String, AttributeValue> attributes) {
    AttributeValue version = attributes.get("version");
    if (version == null) {
      throw new AssertionError("half an item at " + key + ": it has no version");
    }
    VersionedItem item = new VersionedItem(key, Long.parseLong(version.n()));
    if (!item.attributes().equals(attributes)) {
      throw new AssertionError(
          "half an item at %s: not all of version %d".formatted(key, item.version));
    }
    return item;
  }

  private String payload(Random random) {
    int bound = version % LARGE_EVERY == 0 ? LARGE_BYTES : SMALL_BYTES;
    int length = random.nextInt(bound);
    StringBuilder payload = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      payload.append((char) ('a' + random.nextInt(26)));
    }
    return payload.toString();
  }
}
