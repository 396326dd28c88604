package org.ostraka.voting;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ostraka.voting.election.Keys;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The tables of one region in memory, for tests of what a region that is away, slow or behind does.
 * Any thread.
 */
public final class MemoryRegion implements DynamoDbClient {
  private static final int MAX_BATCH = 100;

  /** A change of a row, as a stream shows it. The images are empty where there is none. */
  public record Change(
      String table,
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {}

  /** One action of a transaction. The new row is empty when the action writes none. */
  private record Action(
      String table, Map<String, AttributeValue> key, boolean holds, Optional<Row> write) {}

  private record Row(Map<String, AttributeValue> attributes) {}

  private final Map<String, TreeMap<String, TreeMap<String, Map<String, AttributeValue>>>> tables =
      new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<List<Map<String, AttributeValue>>> reads = new CopyOnWriteArrayList<>();
  private volatile Consumer<String> before = _ -> {};
  private final AtomicInteger batches = new AtomicInteger();
  private volatile int batch = MAX_BATCH;

  /** Answers so many keys of a batch, each time others, as a service that is busy does. */
  public void readAtMost(int rows) {
    batch = rows;
  }

  /** Calls this with the name of each operation before it begins; it may fail or take its time. */
  public void beforeEach(Consumer<String> call) {
    before = call;
  }

  /** Lets every operation fail as if nobody listened. */
  public void goAway() {
    before =
        _ -> {
          throw SdkClientException.create("nobody listens");
        };
  }

  /** Returns the keys of each read of single rows so far, as they came. */
  public List<List<Map<String, AttributeValue>>> reads() {
    return List.copyOf(reads);
  }

  /** Returns all changes so far. */
  public synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Writes a row without a condition, as replication or an intruder does. */
  public synchronized void write(String table, Map<String, AttributeValue> row) {
    Map<String, AttributeValue> key = key(row);
    Map<String, AttributeValue> old = row(table, key);
    partition(table, key).put(requireNonNull(key.get(Keys.SORT)).s(), Map.copyOf(row));
    changes.add(new Change(table, key, old, Map.copyOf(row)));
  }

  /** Returns a row; empty when there is none. */
  public synchronized Map<String, AttributeValue> row(
      String table, Map<String, AttributeValue> key) {
    return partition(table, key).getOrDefault(requireNonNull(key.get(Keys.SORT)).s(), Map.of());
  }

  /** Returns all rows of a table. */
  public synchronized List<Map<String, AttributeValue>> rows(String table) {
    return tables.getOrDefault(table, new TreeMap<>()).values().stream()
        .flatMap(rows -> rows.values().stream())
        .toList();
  }

  private NavigableMap<String, Map<String, AttributeValue>> partition(
      String table, Map<String, AttributeValue> key) {
    return tables
        .computeIfAbsent(table, _ -> new TreeMap<>())
        .computeIfAbsent(requireNonNull(key.get(Keys.PARTITION)).s(), _ -> new TreeMap<>());
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> row) {
    return Map.of(
        Keys.PARTITION, requireNonNull(row.get(Keys.PARTITION)),
        Keys.SORT, requireNonNull(row.get(Keys.SORT)));
  }

  /** Begins an operation that another client of the region has. */
  void begin(String operation) {
    before.accept(operation);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    before.accept("DescribeTable");
    return DescribeTableResponse.builder()
        .table(it ->
            it.tableName(request.tableName())
                .tableStatus(TableStatus.ACTIVE)
                .latestStreamArn(MemoryStream.ARN))
        .build();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    before.accept("GetItem");
    boolean _ = reads.add(List.of(request.key()));
    return GetItemResponse.builder().item(row(request.tableName(), request.key())).build();
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    before.accept("BatchGetItem");
    for (KeysAndAttributes wanted : request.requestItems().values()) {
      if (wanted.keys().size() > MAX_BATCH
          || Set.copyOf(wanted.keys()).size() < wanted.keys().size()) {
        throw new IllegalArgumentException("more than 100 keys, or a key twice");
      }
      boolean _ = reads.add(wanted.keys());
    }
    Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
    request
        .requestItems()
        .forEach((table, wanted) ->
            found.put(
                table,
                answered(wanted.keys()).stream()
                    .map(key -> row(table, key))
                    .filter(row -> !row.isEmpty())
                    .toList()));
    return BatchGetItemResponse.builder().responses(found).build();
  }

  private List<Map<String, AttributeValue>> answered(List<Map<String, AttributeValue>> keys) {
    int from = batch * batches.getAndIncrement();
    return IntStream.range(0, Math.min(batch, keys.size()))
        .mapToObj(at -> keys.get(Math.floorMod(from + at, keys.size())))
        .toList();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    before.accept("Query");
    synchronized (this) {
      var partition =
          partition(
              request.tableName(),
              Map.of(
                  Keys.PARTITION, requireNonNull(request.expressionAttributeValues().get(":pk"))));
      boolean isForward = !Boolean.FALSE.equals(request.scanIndexForward());
      NavigableMap<String, Map<String, AttributeValue>> ordered =
          isForward ? partition : partition.descendingMap();
      if (request.hasExclusiveStartKey()) {
        String start = requireNonNull(request.exclusiveStartKey().get(Keys.SORT)).s();
        ordered = ordered.tailMap(start, false);
      }
      int limit = Optional.ofNullable(request.limit()).orElse(Integer.MAX_VALUE);
      List<Map<String, AttributeValue>> found = ordered.values().stream().limit(limit).toList();
      QueryResponse.Builder page = QueryResponse.builder().items(found);
      return found.size() < ordered.size()
          ? page.lastEvaluatedKey(key(found.getLast())).build()
          : page.build();
    }
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    before.accept("PutItem");
    alone(
        put(
            request.tableName(),
            request.item(),
            request.conditionExpression(),
            request.expressionAttributeNames(),
            request.expressionAttributeValues()));
    return PutItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    before.accept("UpdateItem");
    synchronized (this) {
      alone(
          update(
              request.tableName(),
              request.key(),
              request.updateExpression(),
              request.conditionExpression(),
              request.expressionAttributeNames(),
              request.expressionAttributeValues()));
    }
    return UpdateItemResponse.builder().build();
  }

  @Override
  public synchronized DeleteItemResponse deleteItem(DeleteItemRequest request) {
    Map<String, AttributeValue> old = row(request.tableName(), request.key());
    var _ =
        partition(request.tableName(), request.key())
            .remove(requireNonNull(request.key().get(Keys.SORT)).s());
    changes.add(new Change(request.tableName(), request.key(), old, Map.of()));
    return DeleteItemResponse.builder().build();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    before.accept("TransactWriteItems");
    synchronized (this) {
      List<Action> actions = request.transactItems().stream().map(this::action).toList();
      if (!actions.stream().allMatch(Action::holds)) {
        throw TransactionCanceledException.builder()
            .message("a condition does not hold")
            .cancellationReasons(actions.stream().map(this::reason).toList())
            .build();
      }
      actions.forEach(this::apply);
    }
    return TransactWriteItemsResponse.builder().build();
  }

  private CancellationReason reason(Action action) {
    return action.holds()
        ? CancellationReason.builder().code("None").build()
        : CancellationReason.builder()
            .code("ConditionalCheckFailed")
            .item(row(action.table(), action.key()))
            .build();
  }

  private synchronized void alone(Action action) {
    if (!action.holds()) {
      throw ConditionalCheckFailedException.builder().message("it does not hold").build();
    }
    apply(action);
  }

  private void apply(Action action) {
    action.write().ifPresent(row -> write(action.table(), row.attributes()));
  }

  private Action action(TransactWriteItem item) {
    if (item.put() != null) {
      return put(
          item.put().tableName(),
          item.put().item(),
          item.put().conditionExpression(),
          item.put().expressionAttributeNames(),
          item.put().expressionAttributeValues());
    }
    if (item.update() != null) {
      return update(
          item.update().tableName(),
          item.update().key(),
          item.update().updateExpression(),
          item.update().conditionExpression(),
          item.update().expressionAttributeNames(),
          item.update().expressionAttributeValues());
    }
    var check = item.conditionCheck();
    boolean holds =
        Conditions.hold(
            check.conditionExpression(),
            row(check.tableName(), check.key()),
            check.expressionAttributeNames(),
            check.expressionAttributeValues());
    return new Action(check.tableName(), check.key(), holds, Optional.empty());
  }

  private synchronized Action put(
      String table,
      Map<String, AttributeValue> item,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    Map<String, AttributeValue> key = key(item);
    boolean holds = Conditions.hold(condition, row(table, key), names, values);
    return new Action(table, key, holds, Optional.of(new Row(item)));
  }

  private Action update(
      String table,
      Map<String, AttributeValue> key,
      String expression,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    Map<String, AttributeValue> old = row(table, key);
    Map<String, AttributeValue> row = new HashMap<>(old.isEmpty() ? key : old);
    String verb = expression.substring(0, expression.indexOf(' '));
    for (String term : expression.substring(verb.length()).split(",", -1)) {
      String[] words = term.strip().split(" ", -1);
      String name = names.getOrDefault(words[0], words[0]);
      AttributeValue value = requireNonNull(values.get(words[words.length - 1]));
      row.put(name, verb.equals("ADD") ? sum(row.get(name), value) : value);
    }
    boolean holds = Conditions.hold(condition, old, names, values);
    return new Action(table, key, holds, Optional.of(new Row(row)));
  }

  private static AttributeValue sum(@Nullable AttributeValue before, AttributeValue more) {
    BigDecimal number = before == null ? BigDecimal.ZERO : new BigDecimal(before.n());
    return AttributeValue.fromN(number.add(new BigDecimal(more.n())).toPlainString());
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}
}
