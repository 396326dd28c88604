package org.ostraka.engine.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.AttributeCondition;
import org.ostraka.model.operation.AttributeUpdate;
import org.ostraka.model.operation.BatchGetItem;
import org.ostraka.model.operation.BatchWriteItem;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.model.operation.ExpectedAttribute;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.Query;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.TransactGetItems;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.model.operation.WriteCondition;

/** Steps as requests, in the form that each of them asks for. Immutable. */
record Requests(String table, TableKey key) {

  PutItem.Request put(Step.Put step) {
    return new PutItem.Request(
        table,
        step.item(),
        condition(step.form(), step.check(), new Phrases()),
        ReturnValues.ALL_OLD,
        ReturnConsumedCapacity.TOTAL,
        ReturnItemCollectionMetrics.SIZE);
  }

  DeleteItem.Request delete(Step.Delete step) {
    return new DeleteItem.Request(
        table,
        step.key(),
        condition(step.form(), step.check(), new Phrases()),
        ReturnValues.ALL_OLD,
        ReturnConsumedCapacity.TOTAL,
        ReturnItemCollectionMetrics.SIZE);
  }

  UpdateItem.Request update(Step.Update step) {
    Phrases phrases = new Phrases();
    boolean older = step.form() == Step.Form.OLDER;
    boolean expressed = !older && !step.changes().isEmpty();
    return new UpdateItem.Request(
        table,
        step.key(),
        expressed ? updateExpression(step.changes(), phrases) : null,
        older ? attributeUpdates(step.changes()) : null,
        condition(step.form(), step.check(), phrases),
        ReturnValues.ALL_NEW,
        ReturnConsumedCapacity.TOTAL,
        ReturnItemCollectionMetrics.SIZE);
  }

  BatchWriteItem.Request batch(Step.Batch step) {
    List<BatchWriteItem.Write> writes = new ArrayList<>();
    step.puts().forEach(item -> writes.add(new BatchWriteItem.Write.Put(item)));
    step.deletes().forEach(keyItem -> writes.add(new BatchWriteItem.Write.Delete(keyItem)));
    return new BatchWriteItem.Request(
        List.of(new BatchWriteItem.WritesOfTable(table, writes)),
        ReturnConsumedCapacity.NONE,
        ReturnItemCollectionMetrics.SIZE);
  }

  TransactWriteItems.Request transact(Step.Transact step) {
    return new TransactWriteItems.Request(
        step.actions().stream().map(this::action).toList(),
        null,
        ReturnConsumedCapacity.NONE,
        ReturnItemCollectionMetrics.SIZE);
  }

  private TransactWriteItems.Action action(Step.Action action) {
    Phrases phrases = new Phrases();
    return switch (action) {
      case Step.Action.Put(_, Item item, Check check) ->
          new TransactWriteItems.Action.Put(table, item, expressed(check, phrases));
      case Step.Action.Update(Item keyItem, List<Change> changes, Check check) -> {
        String expression = updateExpression(changes, phrases);
        yield new TransactWriteItems.Action.Update(
            table, keyItem, expression, expressed(check, phrases));
      }
      case Step.Action.Delete(Item keyItem, Check check) ->
          new TransactWriteItems.Action.Delete(table, keyItem, expressed(check, phrases));
      case Step.Action.Require(Item keyItem, Check check) ->
          new TransactWriteItems.Action.ConditionCheck(table, keyItem, expressed(check, phrases));
    };
  }

  private static WriteCondition expressed(Check check, Phrases phrases) {
    return condition(Step.Form.EXPRESSIONS, check, phrases);
  }

  BatchGetItem.Request getSeveral(Step.GetSeveral step) {
    return new BatchGetItem.Request(
        List.of(new BatchGetItem.KeysOfTable(table, step.keys(), null, null, null, null, true)),
        ReturnConsumedCapacity.NONE);
  }

  TransactGetItems.Request transactGet(Step.GetSeveral step) {
    return new TransactGetItems.Request(
        step.keys().stream()
            .map(keyItem -> new TransactGetItems.Get(table, keyItem, null, null, null))
            .toList(),
        ReturnConsumedCapacity.NONE);
  }

  GetItem.Request get(Step.Get step) {
    boolean all = step.attributes().isEmpty();
    boolean older = step.form() == Step.Form.OLDER;
    Phrases phrases = new Phrases();
    String projection =
        step.attributes().stream().map(phrases::name).collect(Collectors.joining(", "));
    return new GetItem.Request(
        table,
        step.key(),
        all || !older ? null : step.attributes(),
        all || older ? null : projection,
        all || older ? null : phrases.substitutions().names(),
        true,
        ReturnConsumedCapacity.TOTAL);
  }

  Query.Request query(Step.Query step, @Nullable Item start) {
    Phrases phrases = new Phrases();
    boolean older = step.form() == Step.Form.OLDER;
    List<String> names =
        step.index()
            .map(index -> index.keySchema().stream().map(KeySchemaElement::attributeName).toList())
            .orElseGet(() -> key.attributes().stream().map(AttributeDefinition::name).toList());
    String sort = names.getLast();
    List<Check.Test> tests = new ArrayList<>();
    tests.add(new Check.Test(names.getFirst(), ComparisonOperator.EQ, List.of(step.partition())));
    step.sort().ifPresent(test -> tests.add(new Check.Test(sort, test.operator(), test.values())));
    Check keys = new Check(tests, org.ostraka.model.ConditionalOperator.AND);
    return new Query.Request(
        table,
        older ? null : keys.expression(phrases),
        older ? keys.older(Requests::attributeCondition) : null,
        step.forward(),
        page(step.form(), step.index(), step.filter(), step.pageSize(), start, phrases));
  }

  Scan.Request scan(Step.Scan step, int segment, @Nullable Item start) {
    boolean whole = step.segments() == 1;
    return new Scan.Request(
        table,
        whole ? null : Integer.valueOf(segment),
        whole ? null : Integer.valueOf(step.segments()),
        page(step.form(), step.index(), step.filter(), step.pageSize(), start, new Phrases()));
  }

  private static PageRequest page(
      Step.Form form,
      Optional<NewIndex> index,
      Check filter,
      int pageSize,
      @Nullable Item start,
      Phrases phrases) {
    boolean older = form == Step.Form.OLDER;
    boolean expressed = !older && !filter.isEmpty();
    return new PageRequest(
        index.map(NewIndex::name).orElse(null),
        pageSize == 0 ? null : Integer.valueOf(pageSize),
        start,
        null,
        expressed ? filter.expression(phrases) : null,
        older && !filter.isEmpty() ? filter.older(Requests::attributeCondition) : null,
        older && filter.tests().size() > 1 ? filter.joined() : null,
        null,
        null,
        phrases.substitutions(),
        index.isEmpty(),
        ReturnConsumedCapacity.TOTAL);
  }

  private static WriteCondition condition(Step.Form form, Check check, Phrases phrases) {
    return switch (form) {
      case EXPRESSIONS -> {
        String expression = check.isEmpty() ? null : check.expression(phrases);
        yield new WriteCondition(expression, null, null, phrases.substitutions(), true);
      }
      case OLDER ->
          new WriteCondition(
              null,
              check.isEmpty() ? null : check.older(Requests::expected),
              check.tests().size() > 1 ? check.joined() : null,
              phrases.substitutions(),
              true);
    };
  }

  private static AttributeCondition attributeCondition(Check.Test test) {
    return new AttributeCondition(test.operator(), test.values());
  }

  /** With Value or Exists where they say the same as an operator. */
  private static ExpectedAttribute expected(Check.Test test) {
    Optional<AttributeValue> first = test.values().stream().findFirst();
    return switch (test.operator()) {
      case EQ -> new ExpectedAttribute(first.orElseThrow(), true, null, null);
      case NULL -> new ExpectedAttribute(null, false, null, null);
      case NE -> new ExpectedAttribute(first.orElseThrow(), null, ComparisonOperator.NE, null);
      default -> new ExpectedAttribute(null, null, test.operator(), test.values());
    };
  }

  private static Map<String, AttributeUpdate> attributeUpdates(List<Change> changes) {
    Map<String, AttributeUpdate> updates = new LinkedHashMap<>();
    changes.forEach(change -> updates.put(change.attribute(), change.older()));
    return updates;
  }

  private static String updateExpression(List<Change> changes, Phrases phrases) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    changes.forEach(change ->
        sections
            .computeIfAbsent(change.section(), _ -> new ArrayList<>())
            .add(change.clause(phrases)));
    return sections.entrySet().stream()
        .map(section -> section.getKey() + " " + String.join(", ", section.getValue()))
        .collect(Collectors.joining(" "));
  }
}
