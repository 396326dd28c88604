package org.ostraka.conformance;

import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * A table that remembers its writes, so that its content can be judged after a crash. Each key is
 * used by one thread at a time; {@link #verifyAfterRestart} is called when all writers have ended.
 */
final class RememberedTable {

  private final String name;
  private final List<KeyHistory> keys;
  private boolean created;

  RememberedTable(String name, int keys) {
    this(
        name, IntStream.range(0, keys).mapToObj(i -> new KeyHistory("%06d".formatted(i))).toList());
  }

  private RememberedTable(String name, List<KeyHistory> keys) {
    this.name = name;
    this.keys = keys;
  }

  /** Returns a table of its own for a copy of the data directory as it is now. */
  RememberedTable copy() {
    RememberedTable copy = new RememberedTable(name, keys.stream().map(KeyHistory::copy).toList());
    copy.created = created;
    return copy;
  }

  int size() {
    return keys.size();
  }

  /** Returns whether the table's creation was acknowledged. */
  boolean isCreated() {
    return created;
  }

  void create(DynamoDbClient client) {
    client.createTable(VoteTable.request(name));
    created = true;
  }

  /** Writes the key's next version. After an exception the outcome is unknown. */
  void put(DynamoDbClient client, int index) {
    KeyHistory history = keys.get(index);
    long version = history.nextVersion();
    VersionedItem item = new VersionedItem(history.key(), version);
    history.attempted(version);
    client.putItem(put -> put.tableName(name).item(item.attributes()));
    history.acknowledged(version);
  }

  /** Writes every key once. */
  void fill(DynamoDbClient client) {
    IntStream.range(0, keys.size()).forEach(i -> put(client, i));
  }

  /** Deletes the key's item. After an exception the outcome is unknown. */
  void delete(DynamoDbClient client, int index) {
    KeyHistory history = keys.get(index);
    history.attempted(KeyHistory.ABSENT);
    client.deleteItem(delete -> delete.tableName(name).key(VoteTable.key(history.key())));
    history.acknowledged(KeyHistory.ABSENT);
  }

  /** Reads a key and fails unless it has a version that it may have. */
  void read(DynamoDbClient client, int index) {
    keys.get(index).read(versionNow(client, keys.get(index)));
  }

  /** Reads all keys and fails unless each has a version that it may have. */
  void readAll(DynamoDbClient client) {
    IntStream.range(0, keys.size()).forEach(i -> read(client, i));
  }

  /**
   * Reads all keys in a process that is younger than all writes: each version must be possible and
   * must stay. A table whose creation was not acknowledged may be missing.
   */
  void verifyAfterRestart(DynamoDbClient client) {
    try {
      keys.forEach(history -> history.settled(versionNow(client, history)));
    } catch (ResourceNotFoundException e) {
      if (created) {
        throw new AssertionError("the table " + name + " was created and is gone", e);
      }
    }
  }

  private long versionNow(DynamoDbClient client, KeyHistory history) {
    GetItemResponse response =
        client.getItem(
            get -> get.tableName(name).key(VoteTable.key(history.key())).consistentRead(true));
    return response.hasItem()
        ? VersionedItem.parse(history.key(), response.item()).version()
        : KeyHistory.ABSENT;
  }
}
