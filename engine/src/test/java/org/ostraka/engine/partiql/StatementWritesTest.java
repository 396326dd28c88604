package org.ostraka.engine.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.DuplicateItemException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchExecuteStatement;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.model.operation.ExecuteTransaction;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.testkit.random.RandomCase;

/**
 * Random writes by statements, alone, in batches and in transactions, come to what they come to in
 * a plain map; and an index of the table follows them.
 */
final class StatementWritesTest {
  private static final String TABLE = "votes";
  private static final int ROUNDS = 1_500;
  private static final int KEYS = 6;
  private static final int VALUES = 3;

  /** All items are of one collection, so that those of a decision share its size. */
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("pk", ScalarType.S),
          Optional.of(new AttributeDefinition("sk", ScalarType.S)));

  private final TestEngine engine = new TestEngine();
  private final Map<Integer, Integer> model = new HashMap<>();
  private final OperationHandler<ExecuteStatement.Request, ExecuteStatement.Response> single =
      engine.operations().executeStatement();
  private final OperationHandler<BatchExecuteStatement.Request, BatchExecuteStatement.Response>
      batch = engine.operations().batchExecuteStatement();
  private final OperationHandler<ExecuteTransaction.Request, ExecuteTransaction.Response>
      transaction = engine.operations().executeTransaction();

  /** Every transaction conflicts. */
  private static final Anomalies ALWAYS =
      new Anomalies() {
        @Override
        public boolean transactionsConflict() {
          return true;
        }

        @Override
        public OptionalInt conflictAmong(int actions) {
          return OptionalInt.of(0);
        }
      };

  private enum Kind {
    INSERT,
    UPDATE,
    DELETE,
    EXISTS
  }

  /** A write of one item that has a key and a value, which may have to have another before. */
  private record Write(Kind kind, int key, int value, Optional<Integer> before) {
    String text() {
      String where =
          " WHERE pk = 'all' AND sk = 'k" + key + "'" + before.map(v -> " AND v = " + v).orElse("");
      return switch (kind) {
        case INSERT ->
            "INSERT INTO votes VALUE {'pk': 'all', 'sk': 'k" + key + "', 'v': " + value + "}";
        case UPDATE -> "UPDATE votes SET v = " + value + where;
        case DELETE -> "DELETE FROM votes" + where;
        case EXISTS -> "EXISTS(SELECT * FROM votes" + where + ")";
      };
    }

    /** Does it to the model, and says what comes of it in the words of the API. */
    String apply(Map<Integer, Integer> items) {
      Optional<Integer> now = Optional.ofNullable(items.get(key));
      boolean holds = before.isEmpty() || before.equals(now);
      return switch (kind) {
        case INSERT -> items.putIfAbsent(key, value) == null ? "None" : "DuplicateItem";
        case UPDATE -> now.isPresent() && holds ? done(items, value) : "ConditionalCheckFailed";
        case DELETE -> {
          boolean deletes = now.isEmpty() || holds;
          if (deletes) {
            items.remove(key);
          }
          yield deletes ? "None" : "ConditionalCheckFailed";
        }
        case EXISTS -> now.isPresent() && holds ? "None" : "ConditionalCheckFailed";
      };
    }

    private String done(Map<Integer, Integer> items, int next) {
      items.put(key, next);
      return "None";
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void statementsDoWhatTheySay(TestInfo test) {
    engine.create(
        TABLE,
        KEY,
        List.of(new AttributeDefinition("v", ScalarType.N)),
        List.of(
            new NewIndex(
                "local-value",
                List.of(
                    new KeySchemaElement("pk", KeyType.HASH),
                    new KeySchemaElement("v", KeyType.RANGE)),
                "KEYS_ONLY",
                null,
                null,
                null)),
        List.of(
            new NewIndex(
                "by-value",
                List.of(new KeySchemaElement("v", KeyType.HASH)),
                "ALL",
                null,
                null,
                null)));
    RandomCase cases = RandomCase.of(test);
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator random = cases.branch(round);
      List<Write> writes = writes(random);
      switch (random.nextInt(3)) {
        case 0 -> writes.stream().filter(write -> write.kind() != Kind.EXISTS).forEach(this::alone);
        case 1 -> {
          List<Write> batched = writes.stream().filter(each -> each.kind() != Kind.EXISTS).toList();
          inBatch(batched);
          inBatch(distinct(batched));
        }
        default -> inTransaction(distinct(writes));
      }
      assertTable();
    }
    assertThat(engine.check().named()).isEmpty();
  }

  @Test
  void aStatementMeetsTheTransactionThatIsAtItsItem() {
    engine.create(TABLE, KEY);
    Conflicts conflicts = new Conflicts(ALWAYS);
    BatchExecuteStatementHandler conflicting =
        new BatchExecuteStatementHandler(
            engine.gate(), engine.store(), new Statements(), conflicts);
    List<Write> writes =
        List.of(
            new Write(Kind.INSERT, 1, 0, Optional.empty()),
            new Write(Kind.INSERT, 2, 0, Optional.empty()));
    Item first =
        new Item(Map.of("pk", new AttributeValue.S("all"), "sk", new AttributeValue.S("k1")));
    try (Conflicts.Transacted _ =
        conflicts.begin(List.of(ItemKey.ofKey(engine.space(TABLE), KEY, first)))) {
      BatchExecuteStatement.Response response =
          conflicting.handle(
              TestEngine.CALLER,
              new BatchExecuteStatement.Request(asked(writes), ReturnConsumedCapacity.NONE));
      assertThat(response.results())
          .extracting(result -> result.error().map(error -> error.code().word()).orElse("None"))
          .containsExactly("TransactionConflict", "None");
      assertThat(response.results()).allMatch(result -> result.tableName().isPresent());
    }
    assertThat(values(execute("SELECT * FROM votes"))).isEqualTo(Map.of(2, 0));
  }

  private void alone(Write write) {
    String expected = write.apply(model);
    String came = "None";
    try {
      execute(write.text());
    } catch (DuplicateItemException _) {
      came = "DuplicateItem";
    } catch (ConditionalCheckFailedException _) {
      came = "ConditionalCheckFailed";
    }
    assertThat(came).as(write.text()).isEqualTo(expected);
  }

  private void inBatch(List<Write> writes) {
    if (writes.isEmpty()) {
      return;
    }
    if (distinct(writes).size() < writes.size()) {
      assertThatThrownBy(() -> batched(writes))
          .isInstanceOf(ValidationException.class)
          .hasMessage("Provided list of item keys contains duplicates");
      return;
    }
    List<String> expected = writes.stream().map(write -> write.apply(model)).toList();
    List<String> came =
        batched(writes).results().stream()
            .map(result -> result.error().map(error -> error.code().word()).orElse("None"))
            .toList();
    assertThat(came).as(writes.toString()).isEqualTo(expected);
  }

  private BatchExecuteStatement.Response batched(List<Write> writes) {
    return batch.handle(
        TestEngine.CALLER,
        new BatchExecuteStatement.Request(asked(writes), ReturnConsumedCapacity.NONE));
  }

  private void inTransaction(List<Write> writes) {
    Map<Integer, Integer> after = new HashMap<>(model);
    List<String> expected = writes.stream().map(write -> write.apply(after)).toList();
    List<String> came = writes.stream().map(_ -> "None").toList();
    try {
      transaction.handle(
          TestEngine.CALLER,
          new ExecuteTransaction.Request(asked(writes), null, ReturnConsumedCapacity.NONE));
      model.clear();
      model.putAll(after);
    } catch (TransactionCanceledException cancelled) {
      came =
          cancelled.reasons().stream()
              .map(CancellationReason::code)
              .map(CancellationReason.Code::word)
              .toList();
    }
    assertThat(came).as(writes.toString()).isEqualTo(expected);
  }

  private void assertTable() {
    assertThat(values(execute("SELECT * FROM votes"))).isEqualTo(model);
    for (int value = 0; value < VALUES; value++) {
      int each = value;
      Map<Integer, Integer> expected = new HashMap<>(model);
      expected.values().removeIf(found -> found != each);
      assertThat(values(execute("SELECT * FROM votes.\"by-value\" WHERE v = " + value)))
          .isEqualTo(expected);
    }
    assertThat(engine.size(TABLE).itemCount()).isEqualTo(model.size());
  }

  private static Map<Integer, Integer> values(List<Item> items) {
    Map<Integer, Integer> values = new HashMap<>();
    for (Item item : items) {
      String key = ((AttributeValue.S) item.attribute("sk").orElseThrow()).value();
      BigDecimal value = ((AttributeValue.N) item.attribute("v").orElseThrow()).value();
      values.put(Integer.valueOf(key.substring(1)), value.intValueExact());
    }
    return values;
  }

  private List<Item> execute(String text) {
    ExecuteStatement.Response response =
        single.handle(
            TestEngine.CALLER,
            new ExecuteStatement.Request(statement(text), null, null, ReturnConsumedCapacity.NONE));
    assertThat(response.nextToken()).isNull();
    return Objects.requireNonNull(response.items());
  }

  private static List<ParameterizedStatement> asked(List<Write> writes) {
    return writes.stream().map(write -> statement(write.text())).toList();
  }

  private static ParameterizedStatement statement(String text) {
    return new ParameterizedStatement(text, List.of(), null, false, true);
  }

  /** The first write of each key. */
  private static List<Write> distinct(List<Write> writes) {
    Set<Integer> keys = new LinkedHashSet<>();
    return writes.stream().filter(write -> keys.add(write.key())).toList();
  }

  private static List<Write> writes(RandomGenerator random) {
    List<Write> writes = new ArrayList<>();
    for (int i = 1 + random.nextInt(KEYS); i > 0; i--) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      boolean conditional = kind == Kind.EXISTS || random.nextBoolean();
      writes.add(
          new Write(
              kind,
              random.nextInt(KEYS),
              random.nextInt(VALUES),
              conditional ? Optional.of(random.nextInt(VALUES)) : Optional.empty()));
    }
    return writes;
  }
}
