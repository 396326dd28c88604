package org.ostraka.engine.transaction;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.TransactGetItems;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.TransactWriteItems.Action;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.model.operation.WriteCondition;

/** The operations of an engine as tests of transactions call them. Any thread. */
final class Client {
  static final String TABLE = "accounts";

  private final Engine operations;

  Client(TestEngine engine, Anomalies anomalies) {
    this.operations =
        engine.operations(EnginePorts.standard(engine.clock()).withAnomalies(anomalies));
  }

  TransactWriteItems.Response write(@Nullable String token, Action... actions) {
    return write(token, Arrays.asList(actions));
  }

  TransactWriteItems.Response write(@Nullable String token, List<Action> actions) {
    return operations
        .transactWriteItems()
        .handle(
            TestEngine.CALLER,
            new TransactWriteItems.Request(
                actions, token, ReturnConsumedCapacity.TOTAL, ReturnItemCollectionMetrics.NONE));
  }

  /** Numbers of items at one moment; of items that are not there, none. */
  Map<String, Long> read(List<String> ids) {
    List<Optional<Item>> items =
        operations
            .transactGetItems()
            .handle(
                TestEngine.CALLER,
                new TransactGetItems.Request(
                    ids.stream()
                        .map(id -> new TransactGetItems.Get(TABLE, key(id), null, null, null))
                        .toList(),
                    ReturnConsumedCapacity.NONE))
            .items();
    Map<String, Long> numbers = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      items.get(i).ifPresent(item -> numbers.put(id, number(item)));
    }
    return numbers;
  }

  Optional<Item> get(String id) {
    return Optional.ofNullable(
        operations
            .getItem()
            .handle(
                TestEngine.CALLER,
                new GetItem.Request(
                    TABLE, key(id), null, null, null, true, ReturnConsumedCapacity.NONE))
            .item());
  }

  /** Sets an item's number, and returns the item as it was. */
  Optional<Item> set(String id, long number, WriteCondition condition) {
    return Optional.ofNullable(
        operations
            .updateItem()
            .handle(
                TestEngine.CALLER,
                new UpdateItem.Request(
                    TABLE,
                    key(id),
                    "SET n = :n",
                    null,
                    condition,
                    ReturnValues.ALL_OLD,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE))
            .attributes());
  }

  static Item key(String id) {
    return new Item(Map.of("id", new AttributeValue.S(id)));
  }

  static Item item(String id, long number) {
    return new Item(Map.of("id", new AttributeValue.S(id), "n", number(number)));
  }

  static AttributeValue number(long number) {
    return new AttributeValue.N(BigDecimal.valueOf(number));
  }

  static long number(Item item) {
    return ((AttributeValue.N) item.attributes().get("n")).value().longValueExact();
  }

  /** A condition, with the values for it and for what goes with it; failures tell the item. */
  static WriteCondition when(@Nullable String text, @Nullable Map<String, AttributeValue> values) {
    return new WriteCondition(text, null, null, new Substitutions(null, values), true);
  }
}
