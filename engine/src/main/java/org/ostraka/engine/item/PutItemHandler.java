package org.ostraka.engine.item;

import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.PutItem;
import org.ostraka.storage.Store;

/** Carries out PutItem. Any thread. */
public final class PutItemHandler
    implements ItemOperationHandler<PutItem.Request, PutItem.Response> {
  private final Gate gate;
  private final Store store;
  private final Expressions expressions;
  private final Conflicts conflicts;

  public PutItemHandler(Gate gate, Store store, Expressions expressions, Conflicts conflicts) {
    this.gate = gate;
    this.store = store;
    this.expressions = expressions;
    this.conflicts = conflicts;
  }

  @Override
  public PutItem.Response handle(Caller caller, PutItem.Request request, Allowance allowance) {
    WriteExpressions bound = WriteExpressions.of(expressions, request.condition());
    ConditionCheck check = ConditionCheck.of(bound, request.condition());
    return gate.use(
        caller,
        new Access(
            Action.PUT_ITEM,
            request.tableName(),
            key ->
                new ItemConditions(key)
                    .item(request.item())
                    .expressions(bound)
                    .returnValues(request.returnValues())
                    .capacity(request.returnConsumedCapacity())
                    .keys()),
        (table, meter) -> {
          ItemWrite write = ItemWrite.put(table, request.item(), check, image(request));
          ItemChange change = write.apply(store, conflicts, allowance, meter);
          return new PutItem.Response(
              change.returned().orElse(null),
              meter.answer(request.returnConsumedCapacity()),
              CollectionMetrics.answer(request.returnItemCollectionMetrics(), write, change));
        });
  }

  private static ReturnedImage image(PutItem.Request request) {
    return request.returnValues() == ReturnValues.ALL_OLD ? ReturnedImage.OLD : ReturnedImage.NONE;
  }
}
