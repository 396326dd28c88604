package org.ostraka.adapter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Puts and deletes items that no other writer has, one after the other, and remembers each change.
 * One thread.
 */
final class Writer implements Callable<Map<String, List<Seen.Change>>> {
  private static final int ITEMS = 40;
  private static final int DELETIONS_OF = 5;

  private final DynamoDbClient client;
  private final String table;
  private final String name;
  private final SplittableRandom random;
  private final Semaphore room;
  private final BooleanSupplier isOver;
  private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
  private final Map<String, List<Seen.Change>> changes = new HashMap<>();

  Writer(
      DynamoDbClient client,
      String table,
      String name,
      SplittableRandom random,
      Semaphore room,
      BooleanSupplier isOver) {
    this.client = client;
    this.table = table;
    this.name = name;
    this.random = random;
    this.room = room;
    this.isOver = isOver;
  }

  /** Writes until it is over; returns the changes of each item in their order. */
  @Override
  public Map<String, List<Seen.Change>> call() throws InterruptedException {
    for (int version = 0; isToGoOn(); version++) {
      String id = name + "-" + random.nextInt(ITEMS);
      Optional<Map<String, AttributeValue>> before = Optional.ofNullable(items.get(id));
      Optional<Map<String, AttributeValue>> after = Optional.empty();
      if (before.isPresent() && random.nextInt(DELETIONS_OF) == 0) {
        client.deleteItem(delete -> delete.tableName(table).key(key(id)));
        items.remove(id);
      } else {
        Map<String, AttributeValue> item = item(id, version);
        client.putItem(put -> put.tableName(table).item(item));
        items.put(id, item);
        after = Optional.of(item);
      }
      changes.computeIfAbsent(id, _ -> new ArrayList<>()).add(Seen.Change.between(before, after));
    }
    return changes;
  }

  private boolean isToGoOn() throws InterruptedException {
    room.acquire();
    return !isOver.getAsBoolean();
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> item(String id, int version) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "version", AttributeValue.fromN(Integer.toString(version)),
        "list",
            AttributeValue.fromL(
                List.of(AttributeValue.fromBool(version % 2 == 0), AttributeValue.fromNul(true))),
        "set", AttributeValue.fromSs(List.of("a" + version, "b" + version)));
  }
}
