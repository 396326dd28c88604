package org.ostraka.engine.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.Projection;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.TransactGetItems;
import org.ostraka.model.operation.TransactGetItems.Get;
import org.ostraka.storage.Store;

/** Carries out TransactGetItems. Any thread. */
public final class TransactGetItemsHandler
    implements ItemOperationHandler<TransactGetItems.Request, TransactGetItems.Response> {
  private final Gate gate;
  private final Store store;
  private final Expressions expressions;
  private final Transactions transactions;

  public TransactGetItemsHandler(
      Gate gate, Store store, Expressions expressions, Transactions transactions) {
    this.gate = gate;
    this.store = store;
    this.expressions = expressions;
    this.transactions = transactions;
  }

  @Override
  public TransactGetItems.Response handle(
      Caller caller, TransactGetItems.Request request, Allowance allowance) {
    List<ReadExpressions> bound = request.gets().stream().map(this::expressions).toList();
    List<Optional<Projection>> projections =
        bound.stream().map(ReadExpressions::projection).toList();
    List<Access> accesses = new ArrayList<>();
    for (int i = 0; i < bound.size(); i++) {
      accesses.add(access(request, request.gets().get(i), bound.get(i)));
    }
    return gate.use(
        caller,
        ItemOperation.TRANSACT_GET_ITEMS,
        accesses,
        (tables, meter) -> {
          Targets.check(
              tables,
              request.gets().stream()
                  .map(get -> (Targets.Target) new Targets.Keyed(get.tableName(), get.key()))
                  .toList());
          ReadTransaction transaction =
              new ReadTransaction(reads(tables, request.gets(), projections), tables.guards());
          Cancellations.byConflict(
              accesses.size(), transactions.conflicts().among(accesses.size()));
          List<ItemRead.Found> found = transaction.apply(store, allowance);
          transaction.charge(meter, found);
          return new TransactGetItems.Response(
              found.stream().map(item -> told(item, allowance)).toList(),
              meter.answers(request.returnConsumedCapacity()));
        });
  }

  /**
   * Returns an item as the response shows it. An item that has none of the wanted attributes is
   * shown as absent (dynoxide).
   */
  private static Optional<Item> told(ItemRead.Found found, Allowance allowance) {
    return found.item(allowance).filter(item -> found.isWhole() || !item.attributes().isEmpty());
  }

  private static Access access(TransactGetItems.Request request, Get get, ReadExpressions bound) {
    return new Access(
        Action.GET_ITEM,
        get.tableName(),
        key ->
            new ItemConditions(key)
                .item(get.key())
                .expressions(bound)
                .select(bound)
                .capacity(request.returnConsumedCapacity())
                .within("TransactGetItems")
                .keys());
  }

  private ReadExpressions expressions(Get get) {
    if (get.badValue() != null) {
      throw new ValidationException(get.badValue());
    }
    return ReadExpressions.of(expressions, get);
  }

  /** Returns the reads. The first key that does not fit its table cancels the transaction. */
  private static List<ItemRead> reads(
      TableUses tables, List<Get> gets, List<Optional<Projection>> projections) {
    List<ItemRead> reads = new ArrayList<>();
    for (Get get : gets) {
      try {
        reads.add(
            ItemRead.of(tables.of(get.tableName()), get.key(), projections.get(reads.size())));
      } catch (ValidationException problem) {
        throw Cancellations.atOne(gets.size(), reads.size(), problem);
      }
    }
    return reads;
  }
}
