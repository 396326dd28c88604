package org.ostraka.engine.transaction;

import static org.ostraka.engine.gate.Action.CONDITION_CHECK_ITEM;
import static org.ostraka.engine.gate.Action.DELETE_ITEM;
import static org.ostraka.engine.gate.Action.PUT_ITEM;
import static org.ostraka.engine.gate.Action.UPDATE_ITEM;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.item.CollectionMetrics;
import org.ostraka.engine.item.ConditionCheck;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ReturnedImage;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.Update;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.TransactWriteItems.Action;
import org.ostraka.storage.Store;

/** Carries out TransactWriteItems by one decision on all items. Any thread. */
public final class TransactWriteItemsHandler
    implements ItemOperationHandler<TransactWriteItems.Request, TransactWriteItems.Response> {
  private static final String OPERATION = "TransactWriteItems";

  private final Gate gate;
  private final Store store;
  private final Expressions expressions;
  private final Transactions transactions;

  public TransactWriteItemsHandler(
      Gate gate, Store store, Expressions expressions, Transactions transactions) {
    this.gate = gate;
    this.store = store;
    this.expressions = expressions;
    this.transactions = transactions;
  }

  /** An action whose expressions have been read. */
  private record Read(Action.OnItem action, WriteExpressions expressions) {
    ConditionCheck check() {
      return ConditionCheck.of(expressions, action.condition());
    }

    Update update() {
      return expressions
          .update()
          .orElseThrow(() -> new IllegalStateException("an update without its expression"));
    }
  }

  @Override
  public TransactWriteItems.Response handle(
      Caller caller, TransactWriteItems.Request request, Allowance allowance) {
    List<Read> actions = request.actions().stream().map(this::read).toList();
    TransactionSize.requireOfActions(actions.stream().map(Read::action).toList());
    List<String> names = actions.stream().map(read -> read.action().tableName()).toList();
    return gate.use(
        caller,
        ItemOperation.TRANSACT_WRITE_ITEMS,
        actions.stream().map(read -> access(request, read)).toList(),
        (tables, meter) -> {
          Targets.check(tables, actions.stream().map(TransactWriteItemsHandler::target).toList());
          WriteTransaction transaction =
              new WriteTransaction(
                  writes(tables, actions), transactions.conflicts().among(actions.size()));
          try (Conflicts.Transacted _ =
              transactions
                  .conflicts()
                  .begin(transaction.writes().stream().map(ItemWrite::key).toList())) {
            WriteTransaction.Done done = carryOut(caller, request, tables, transaction, allowance);
            transaction.charge(meter, done);
            return new TransactWriteItems.Response(
                meter.answers(request.returnConsumedCapacity()),
                collections(names, transaction, done).answer(request.returnItemCollectionMetrics()),
                done.repeated());
          }
        });
  }

  private WriteTransaction.Done carryOut(
      Caller caller,
      TransactWriteItems.Request request,
      TableUses tables,
      WriteTransaction transaction,
      Allowance allowance) {
    String token = request.clientRequestToken();
    if (token == null) {
      return transaction.apply(store, allowance, Optional.empty());
    }
    List<Action.OnItem> actions =
        request.actions().stream().map(Action.OnItem.class::cast).toList();
    try (RequestTokens.TokenUse use =
        transactions
            .tokens()
            .begin(caller.owner(), OPERATION, token, RequestDigest.of(actions, tables::arn))) {
      return transaction.apply(store, allowance, Optional.of(use));
    }
  }

  private static CollectionMetrics collections(
      List<String> names, WriteTransaction transaction, WriteTransaction.Done done) {
    CollectionMetrics collections = new CollectionMetrics();
    for (int i = 0; i < done.changes().size(); i++) {
      collections.add(names.get(i), transaction.writes().get(i), done.changes().get(i));
    }
    return collections;
  }

  /** Checks what can be judged of an action without its table. */
  private Read read(Action action) {
    return switch (action) {
      case Action.Bad bad -> throw new ValidationException(bad.problem());
      case Action.OnItem onItem -> {
        String update = onItem instanceof Action.Update changes ? changes.expression() : null;
        Read read =
            new Read(
                onItem, WriteExpressions.ofTransacted(expressions, onItem.condition(), update));
        if (onItem instanceof Action.Put put) {
          ItemWrite.requireSize(put.item());
        }
        yield read;
      }
    };
  }

  private static Access access(TransactWriteItems.Request request, Read read) {
    return switch (read.action()) {
      case Action.Put put -> access(request, PUT_ITEM, read, put.item());
      case Action.Update update -> access(request, UPDATE_ITEM, read, update.key());
      case Action.Delete delete -> access(request, DELETE_ITEM, read, delete.key());
      case Action.ConditionCheck check -> access(request, CONDITION_CHECK_ITEM, read, check.key());
    };
  }

  /** ReturnValues is here what a failed condition returns: "Using IAM with transactions". */
  private static Access access(
      TransactWriteItems.Request request,
      org.ostraka.engine.gate.Action judged,
      Read read,
      Item item) {
    return new Access(
        judged,
        read.action().tableName(),
        key ->
            new ItemConditions(key)
                .item(item)
                .expressions(read.expressions())
                .returnValues(
                    read.action().condition().returnsItem()
                        ? ReturnValues.ALL_OLD
                        : ReturnValues.NONE)
                .capacity(request.returnConsumedCapacity())
                .within(OPERATION)
                .keys());
  }

  private static Targets.Target target(Read read) {
    return switch (read.action()) {
      case Action.Put put -> new Targets.Put(put.tableName(), put.item());
      case Action.Update update ->
          new Targets.Update(update.tableName(), update.key(), read.update());
      case Action.Delete delete -> new Targets.Keyed(delete.tableName(), delete.key());
      case Action.ConditionCheck check -> new Targets.Keyed(check.tableName(), check.key());
    };
  }

  /** Returns the writes. The first action that does not fit its table cancels the transaction. */
  private static List<ItemWrite> writes(TableUses tables, List<Read> actions) {
    List<ItemWrite> writes = new ArrayList<>();
    for (Read read : actions) {
      try {
        writes.add(write(tables.of(read.action().tableName()), read));
      } catch (ValidationException problem) {
        throw Cancellations.atOne(actions.size(), writes.size(), problem);
      }
    }
    return writes;
  }

  private static ItemWrite write(TableUse table, Read read) {
    return switch (read.action()) {
      case Action.Put put -> ItemWrite.put(table, put.item(), read.check(), ReturnedImage.NONE);
      case Action.Update update ->
          ItemWrite.updateToFit(
              table, update.key(), read.update(), read.check(), ReturnedImage.NONE);
      case Action.Delete delete ->
          ItemWrite.delete(table, delete.key(), read.check(), ReturnedImage.NONE);
      case Action.ConditionCheck check ->
          ItemWrite.conditionCheck(table, check.key(), read.check());
    };
  }
}
