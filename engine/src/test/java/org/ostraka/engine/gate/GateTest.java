package org.ostraka.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Headroom;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.load.HeavyRows;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.load.SharedRoom;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.model.AccountId;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.Tags;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchExecuteStatement;
import org.ostraka.model.operation.BatchGetItem;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.DeleteTable;
import org.ostraka.model.operation.DescribeLimits;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.model.operation.ExecuteTransaction;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.ListTables;
import org.ostraka.model.operation.ListTagsOfResource;
import org.ostraka.model.operation.NewTag;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.TagResource;
import org.ostraka.model.operation.TransactGetItems;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.UntagResource;
import org.ostraka.model.operation.WriteCondition;

/** Operations ask for permission and capacity before they use a table, and settle what it cost. */
@Timeout(60)
final class GateTest {
  private static final String TABLE = "orders";
  private static final Caller NEIGHBOUR =
      new Caller(
          TestEngine.CALLER.principal(),
          new Owner(new AccountId("111111111111"), TestEngine.CALLER.owner().region()));
  private static final TableArn OF_NEIGHBOUR =
      new TableArn(NEIGHBOUR.owner(), new TableName(TABLE));
  private static final WriteCondition IF_NEW =
      new WriteCondition("attribute_not_exists(id)", null, null, Substitutions.NONE, false);

  private final TestEngine engine = new TestEngine();
  private final Judge judge = new Judge();
  private final Engine operations =
      engine.operations(
          EnginePorts.standard(engine.clock()).withPermissions(judge).withCapacity(judge));

  /** Remembers what it is asked, and refuses what it is told to. One thread. */
  private static final class Judge implements Permissions, Capacity {
    private final List<String> asked = new ArrayList<>();
    private final List<String> admitted = new ArrayList<>();
    private final List<Map<TableArn, Cost>> settled = new ArrayList<>();
    private Set<Action> forbidden = Set.of();
    private boolean full;

    @Override
    public CrossAccountCaller crossAccountCaller(Caller caller, Action action, Target target) {
      return Permissions.ALL.crossAccountCaller(caller, action, target);
    }

    @Override
    public void require(Caller caller, Action action) {
      asked.add(action.iamName());
      refuseForbidden(action);
    }

    @Override
    public void require(Caller caller, Action action, Target target) {
      TableArn table = target.table();
      asked.add(action.iamName() + " " + table.owner().account() + " " + table.table());
      refuseForbidden(action);
    }

    @Override
    public void require(Caller caller, String action, String resource, Tags ofRequest) {
      asked.add(action + " " + resource);
    }

    @Override
    public boolean allows(Caller caller, Action action, Target target, PolicyDocument policy) {
      return !forbidden.contains(action);
    }

    @Override
    public boolean allows(Caller caller, BucketAccess access) {
      return true;
    }

    @Override
    public Headroom admit(Caller caller, Action action, TableUse table) {
      if (full) {
        throw new LimitExceededException("full");
      }
      admitted.add(action.iamName() + " " + table.name());
      return Headroom.UNLIMITED;
    }

    @Override
    public void settle(Caller caller, Map<TableArn, Cost> consumed, List<Load> loads) {
      settled.add(new LinkedHashMap<>(consumed));
    }

    private void refuseForbidden(Action action) {
      if (forbidden.contains(action)) {
        throw new AccessDeniedException("forbidden");
      }
    }
  }

  @BeforeEach
  void create() {
    engine.create(TABLE);
    engine.put(TABLE, "old");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whoMayNotWritesNothingAndUsesNothing() {
    judge.forbidden = Set.of(Action.PUT_ITEM);
    assertThatThrownBy(() -> put(TABLE, "new", WriteCondition.NONE))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage("forbidden");
    assertThat(engine.get(TABLE, "new")).isEmpty();
    assertThat(judge.admitted).isEmpty();
    assertThat(judge.settled).isEmpty();
  }

  @Test
  void whoMayNotDoesNotLearnWhetherATableExists() {
    judge.forbidden = Set.of(Action.GET_ITEM);
    assertThatThrownBy(() -> get("missing", "old")).isInstanceOf(AccessDeniedException.class);
    judge.forbidden = Set.of();
    assertThatThrownBy(() -> get("missing", "old")).isInstanceOf(ResourceNotFoundException.class);
    assertThat(judge.admitted).isEmpty();
  }

  @Test
  void aTableWithoutRoomIsNotWritten() {
    judge.full = true;
    assertThatThrownBy(() -> put(TABLE, "new", WriteCondition.NONE))
        .isInstanceOf(LimitExceededException.class);
    assertThat(engine.get(TABLE, "new")).isEmpty();
    assertThat(judge.settled).containsExactly(Map.of());
    engine.delete(TABLE); // waits for ever if the use was not closed
  }

  @Test
  void whatARequestConsumedIsSettledOnce() {
    put(TABLE, "new", WriteCondition.NONE);
    assertThat(judge.admitted).containsExactly("dynamodb:PutItem orders");
    assertThat(judge.settled).containsExactly(Map.of(TestEngine.arn(TABLE), Cost.ofTable(1)));
  }

  @Test
  void aFailedConditionIsSettledByTheLargerOfBothItems() {
    Item large = withText("old", 3_000);
    engine.put(TABLE, large);
    assertThatThrownBy(() -> put(TABLE, "old", IF_NEW))
        .isInstanceOf(ConditionalCheckFailedException.class);
    engine.put(TABLE, "old");
    assertThatThrownBy(() -> put(TABLE, withText("old", 5_000), IF_NEW))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(judge.settled)
        .containsExactly(
            Map.of(TestEngine.arn(TABLE), Cost.ofTable(3)),
            Map.of(TestEngine.arn(TABLE), Cost.ofTable(5)));
  }

  @Test
  void aRefusedRequestIsSettledWithoutCostAndLeavesItsTable() {
    assertThatThrownBy(() -> put(TABLE, new Item(Map.of()), WriteCondition.NONE))
        .isInstanceOf(ValidationException.class);
    assertThat(judge.settled).containsExactly(Map.of());
    engine.delete(TABLE); // waits for ever if the use was not closed
  }

  /** The read is charged before its answer finds no room. */
  @Test
  void anAbandonedRequestConsumedNothing() {
    Room none = new SharedRoom(0, Duration.ZERO).share();
    assertThatThrownBy(() ->
            operations
                .batchExecuteStatement()
                .handle(
                    TestEngine.CALLER,
                    new BatchExecuteStatement.Request(
                        List.of(statement("SELECT * FROM orders WHERE id = 'old'")),
                        ReturnConsumedCapacity.NONE),
                    Allowance.onOwnThread(none, none, new HeavyRows())))
        .isInstanceOf(OverloadedException.class);
    assertThat(judge.settled).containsExactly(Map.of());
  }

  @Test
  void anArnOfAnotherAccountIsJudgedWithItsOwnOwner() {
    assertThatThrownBy(() -> get(OF_NEIGHBOUR.toString(), "old"))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(judge.asked).containsExactly("dynamodb:GetItem 111111111111 orders");
  }

  @Test
  void aTableOfAnotherAccountIsUsedByThoseWhoMay() {
    fillNeighbour();
    assertThat(get(OF_NEIGHBOUR.toString(), "theirs")).isNotNull();
    assertThat(get(TABLE, "theirs")).isNull();
  }

  @Test
  void tablesOfOneNameInTwoAccountsAreUsedTogether() {
    fillNeighbour();
    BatchGetItem.Response response =
        operations
            .batchGetItem()
            .handle(
                TestEngine.CALLER,
                new BatchGetItem.Request(
                    List.of(keys(TABLE, "old"), keys(OF_NEIGHBOUR.toString(), "theirs")),
                    ReturnConsumedCapacity.NONE));
    assertThat(response.items().get(TABLE)).containsExactly(TestEngine.item("old"));
    assertThat(response.items().get(OF_NEIGHBOUR.toString()))
        .containsExactly(TestEngine.item("theirs"));
    assertThat(judge.settled.getLast())
        .isEqualTo(
            Map.of(TestEngine.arn(TABLE), Cost.ofTable(0.5), OF_NEIGHBOUR, Cost.ofTable(0.5)));
  }

  @Test
  void withoutPoliciesTablesOfOtherAccountsAreDenied() {
    assertThatThrownBy(() ->
            engine
                .operations()
                .deleteTable()
                .handle(TestEngine.CALLER, new DeleteTable.Request(OF_NEIGHBOUR.toString())))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage("Access is denied");
  }

  @Test
  void noPermissionReachesAnotherRegion() {
    TableArn far =
        new TableArn(
            new Owner(TestEngine.CALLER.owner().account(), new Region("us-east-1")),
            new TableName(TABLE));
    assertThatThrownBy(() -> get(far.toString(), "old"))
        .isInstanceOf(ValidationException.class)
        .hasMessageEndingWith("Invalid AWS region in '" + far + "'");
    assertThat(judge.asked).isEmpty();
  }

  /** "Using IAM with DynamoDB transactions" in the Developer Guide. */
  @Test
  void transactionsAreJudgedByTheirActions() {
    operations
        .transactWriteItems()
        .handle(
            TestEngine.CALLER,
            new TransactWriteItems.Request(
                List.of(
                    new TransactWriteItems.Action.Put(
                        TABLE, TestEngine.item("a"), WriteCondition.NONE),
                    new TransactWriteItems.Action.Delete(
                        TABLE, TestEngine.item("b"), WriteCondition.NONE),
                    new TransactWriteItems.Action.ConditionCheck(
                        TABLE, TestEngine.item("c"), IF_NEW)),
                null,
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.NONE));
    operations
        .transactGetItems()
        .handle(
            TestEngine.CALLER,
            new TransactGetItems.Request(
                List.of(new TransactGetItems.Get(TABLE, TestEngine.item("a"), null, null, null)),
                ReturnConsumedCapacity.NONE));
    assertThat(judge.asked)
        .containsExactly(
            onTable("PutItem"),
            onTable("DeleteItem"),
            onTable("ConditionCheckItem"),
            onTable("GetItem"));
  }

  @Test
  void aTransactionWithOneForbiddenActionDoesNothing() {
    judge.forbidden = Set.of(Action.PARTIQL_DELETE);
    assertThatThrownBy(() ->
            transact("INSERT INTO orders VALUE {'id': 'a'}", "DELETE FROM orders WHERE id = 'old'"))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(engine.get(TABLE, "a")).isEmpty();
    assertThat(engine.get(TABLE, "old")).isPresent();
  }

  /** "IAM security policies with PartiQL for DynamoDB" in the Developer Guide. */
  @Test
  void statementsAreJudgedByTheirKind() {
    transact(
        "INSERT INTO orders VALUE {'id': 'a'}",
        "UPDATE orders SET n = 1 WHERE id = 'old'",
        "DELETE FROM orders WHERE id = 'b'");
    operations
        .executeStatement()
        .handle(
            TestEngine.CALLER,
            new ExecuteStatement.Request(
                statement("SELECT * FROM orders"), null, null, ReturnConsumedCapacity.NONE));
    assertThat(judge.asked)
        .containsExactly(
            onTable("PartiQLInsert"),
            onTable("PartiQLUpdate"),
            onTable("PartiQLDelete"),
            onTable("PartiQLSelect"));
  }

  @Test
  void aForbiddenStatementOfABatchIsRefusedAlone() {
    judge.forbidden = Set.of(Action.PARTIQL_DELETE);
    BatchExecuteStatement.Response response =
        operations
            .batchExecuteStatement()
            .handle(
                TestEngine.CALLER,
                new BatchExecuteStatement.Request(
                    List.of(
                        statement("INSERT INTO orders VALUE {'id': 'a'}"),
                        statement("DELETE FROM orders WHERE id = 'old'")),
                    ReturnConsumedCapacity.NONE));
    assertThat(response.results())
        .extracting(result -> result.error().map(error -> error.code().word()).orElse("None"))
        .containsExactly("None", "AccessDenied");
    assertThat(engine.get(TABLE, "a")).isPresent();
    assertThat(engine.get(TABLE, "old")).isPresent();
  }

  @Test
  void operationsWithoutATableAreJudgedToo() {
    judge.forbidden = Set.of(Action.LIST_TABLES);
    assertThatThrownBy(() ->
            operations.listTables().handle(TestEngine.CALLER, new ListTables.Request(null, null)))
        .isInstanceOf(AccessDeniedException.class);
    var _ = operations.describeLimits().handle(TestEngine.CALLER, new DescribeLimits.Request());
    assertThat(judge.asked).containsExactly("dynamodb:ListTables", "dynamodb:DescribeLimits");
  }

  @Test
  void changesOfTagsAreJudgedByTheirOwnAction() {
    judge.forbidden = Set.of(Action.TAG_RESOURCE);
    String arn = TestEngine.arn(TABLE).toString();
    List<NewTag> tags = List.of(new NewTag("team", "blue"));
    assertThatThrownBy(() ->
            operations.tagResource().handle(TestEngine.CALLER, new TagResource.Request(arn, tags)))
        .isInstanceOf(AccessDeniedException.class);
    var _ =
        operations
            .untagResource()
            .handle(TestEngine.CALLER, new UntagResource.Request(arn, List.of("team")));
    Tags found =
        operations
            .listTagsOfResource()
            .handle(TestEngine.CALLER, new ListTagsOfResource.Request(arn))
            .tags();
    assertThat(found).isEqualTo(Tags.NONE);
    assertThat(judge.asked)
        .containsExactly(
            "dynamodb:TagResource 000000000000 orders",
            "dynamodb:UntagResource 000000000000 orders",
            "dynamodb:ListTagsOfResource 000000000000 orders");
  }

  @Test
  void whoMayNotTagCreatesNoTableWithTags() {
    judge.forbidden = Set.of(Action.TAG_RESOURCE);
    assertThatThrownBy(() -> create("tagged", List.of(new NewTag("team", "blue"))))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> engine.describe("tagged"))
        .isInstanceOf(ResourceNotFoundException.class);
    create("tagged", List.of());
    assertThat(engine.describe("tagged").name()).isEqualTo(new TableName("tagged"));
  }

  private void create(String name, List<NewTag> tags) {
    CreateTable.Request request =
        new CreateTable.Request(
            name,
            List.of(new AttributeDefinition("id", ScalarType.S)),
            List.of(new KeySchemaElement("id", KeyType.HASH)),
            null,
            null,
            BillingMode.PAY_PER_REQUEST,
            null,
            null,
            null,
            null,
            null,
            false,
            tags,
            null,
            null);
    var _ = operations.createTable().handle(TestEngine.CALLER, request);
  }

  private void fillNeighbour() {
    engine.createFor(NEIGHBOUR, TABLE);
    engine
        .operations()
        .putItem()
        .handle(NEIGHBOUR, put(TABLE, TestEngine.item("theirs"), WriteCondition.NONE, false));
  }

  private void transact(String... statements) {
    operations
        .executeTransaction()
        .handle(
            TestEngine.CALLER,
            new ExecuteTransaction.Request(
                Arrays.stream(statements).map(GateTest::statement).toList(),
                null,
                ReturnConsumedCapacity.NONE));
  }

  private void put(String table, String id, WriteCondition condition) {
    put(table, TestEngine.item(id), condition);
  }

  private void put(String table, Item item, WriteCondition condition) {
    operations.putItem().handle(TestEngine.CALLER, put(table, item, condition, true));
  }

  private static PutItem.Request put(
      String table, Item item, WriteCondition condition, boolean tell) {
    return new PutItem.Request(
        table,
        item,
        condition,
        ReturnValues.NONE,
        tell ? ReturnConsumedCapacity.TOTAL : ReturnConsumedCapacity.NONE,
        ReturnItemCollectionMetrics.NONE);
  }

  private @Nullable Item get(String table, String id) {
    return operations
        .getItem()
        .handle(
            TestEngine.CALLER,
            new GetItem.Request(
                table, TestEngine.item(id), null, null, null, false, ReturnConsumedCapacity.NONE))
        .item();
  }

  private static BatchGetItem.KeysOfTable keys(String table, String id) {
    return new BatchGetItem.KeysOfTable(
        table, List.of(TestEngine.item(id)), null, null, null, null, null);
  }

  private static String onTable(String action) {
    return "dynamodb:" + action + " " + TestEngine.CALLER.owner().account() + " " + TABLE;
  }

  private static ParameterizedStatement statement(String text) {
    return new ParameterizedStatement(text, List.of(), null, false, false);
  }

  private static Item withText(String id, int chars) {
    return new Item(
        Map.of("id", new AttributeValue.S(id), "text", new AttributeValue.S("x".repeat(chars))));
  }
}
