package org.ostraka.engine.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.Item;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.operation.TransactWriteItems.Action;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.testkit.history.Decided;
import org.ostraka.testkit.history.History;

/**
 * One caller's random operations on a few hot items, recorded with the versions that they saw and
 * wrote. One thread.
 */
final class Traffic {
  private static final int MAX_ITEMS = 4;

  private final Client client;
  private final History<Decided> history;
  private final AtomicLong versions;
  private final List<String> ids;
  private final RandomGenerator random;
  private final boolean blind;
  private final Map<String, Long> known = new HashMap<>();

  /**
   * @param blind whether to write without a condition too; of such a write nobody knows what it saw
   *     if it is not answered
   */
  Traffic(
      Client client,
      History<Decided> history,
      AtomicLong versions,
      List<String> ids,
      RandomGenerator random,
      boolean blind) {
    this.client = client;
    this.history = history;
    this.versions = versions;
    this.ids = ids;
    this.random = random;
    this.blind = blind;
  }

  /** One operation; false when the machine has failed. */
  boolean once() {
    try {
      switch (random.nextInt(5)) {
        case 0 -> readOne(ids.get(random.nextInt(ids.size())));
        case 1 -> readSeveral(some());
        case 2 -> writeOne(ids.get(random.nextInt(ids.size())));
        default -> writeSeveral(some());
      }
      return true;
    } catch (StorageFailedException | OutcomeUnknownException _) {
      return false;
    }
  }

  private void readOne(String id) {
    long begin = history.begin();
    Map<String, Long> seen = Map.of(id, version(client.get(id)));
    answered(begin, "read", seen, Map.of());
  }

  private void readSeveral(List<String> some) {
    long begin = history.begin();
    Map<String, Long> seen = new HashMap<>(client.read(some));
    some.forEach(id -> seen.putIfAbsent(id, Decided.UNWRITTEN));
    answered(begin, "read all", seen, Map.of());
  }

  private void writeOne(String id) {
    long next = versions.incrementAndGet();
    boolean checked = !blind || random.nextBoolean();
    Map<String, Long> expected = Map.of(id, known.getOrDefault(id, Decided.UNWRITTEN));
    long begin = history.begin();
    try {
      long before = version(client.set(id, next, condition(id, next, checked)));
      answered(begin, "write " + next, Map.of(id, before), Map.of(id, next));
    } catch (ConditionalCheckFailedException failure) {
      answered(begin, "refused", Map.of(id, version(failure.item())), Map.of());
    } catch (OutcomeUnknownException unknown) {
      history.unknown(begin, new Decided("write " + next, expected, Map.of(id, next)));
      throw unknown;
    }
  }

  /** Writes some of the items, and holds all of them to the versions that were seen last. */
  private void writeSeveral(List<String> some) {
    long next = versions.incrementAndGet();
    Map<String, Long> expected = new HashMap<>();
    Map<String, Long> written = new HashMap<>();
    List<Action> actions = new ArrayList<>();
    for (String id : some) {
      expected.put(id, known.getOrDefault(id, Decided.UNWRITTEN));
      if (random.nextInt(3) > 0) {
        written.put(id, next);
      }
      actions.add(action(id, next, written.containsKey(id)));
    }
    long begin = history.begin();
    try {
      client.write(random.nextBoolean() ? "token-" + next : null, actions);
      answered(begin, "transaction " + next, expected, written);
    } catch (TransactionCanceledException cancelled) {
      answered(begin, "cancelled", seen(some, expected, cancelled), Map.of());
    } catch (OutcomeUnknownException unknown) {
      history.unknown(begin, new Decided("transaction " + next, expected, written));
      throw unknown;
    }
  }

  private Action action(String id, long next, boolean write) {
    if (!write) {
      return new Action.ConditionCheck(Client.TABLE, Client.key(id), unchanged(id, Map.of()));
    }
    return random.nextBoolean()
        ? new Action.Put(Client.TABLE, Client.item(id, next), unchanged(id, Map.of()))
        : new Action.Update(
            Client.TABLE,
            Client.key(id),
            "SET n = :n",
            unchanged(id, Map.of(":n", Client.number(next))));
  }

  private WriteCondition condition(String id, long next, boolean checked) {
    Map<String, AttributeValue> value = Map.of(":n", Client.number(next));
    return checked ? unchanged(id, value) : Client.when(null, value);
  }

  /** That the item has the version that was seen last. */
  private WriteCondition unchanged(String id, Map<String, AttributeValue> others) {
    long version = known.getOrDefault(id, Decided.UNWRITTEN);
    if (version == Decided.UNWRITTEN) {
      return Client.when("attribute_not_exists(id)", others.isEmpty() ? null : others);
    }
    Map<String, AttributeValue> values = new HashMap<>(others);
    values.put(":known", Client.number(version));
    return Client.when("n = :known", values);
  }

  /** A cancellation tells those items that are not as expected. */
  private static Map<String, Long> seen(
      List<String> some, Map<String, Long> expected, TransactionCanceledException cancelled) {
    Map<String, Long> seen = new HashMap<>(expected);
    for (int i = 0; i < some.size(); i++) {
      CancellationReason reason = cancelled.reasons().get(i);
      switch (reason.code()) {
        case NONE -> {}
        case CONDITIONAL_CHECK_FAILED -> seen.put(some.get(i), version(reason.item()));
        case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
            TRANSACTION_CONFLICT,
            PROVISIONED_THROUGHPUT_EXCEEDED,
            THROTTLING_ERROR,
            VALIDATION_ERROR,
            DUPLICATE_ITEM,
            RESOURCE_NOT_FOUND ->
            throw new AssertionError("not a reason here: " + reason);
      }
    }
    return seen;
  }

  private void answered(
      long begin, String name, Map<String, Long> seen, Map<String, Long> written) {
    history.answered(begin, new Decided(name, seen, written));
    known.putAll(seen);
    known.putAll(written);
  }

  private List<String> some() {
    List<String> rest = new ArrayList<>(ids);
    List<String> some = new ArrayList<>();
    int count = 1 + random.nextInt(MAX_ITEMS);
    while (some.size() < count) {
      some.add(rest.remove(random.nextInt(rest.size())));
    }
    return some;
  }

  private static long version(Optional<Item> item) {
    return item.map(Client::number).orElse(Decided.UNWRITTEN);
  }
}
