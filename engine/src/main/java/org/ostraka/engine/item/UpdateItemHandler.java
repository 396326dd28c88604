package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.Update;
import org.ostraka.model.Caller;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.storage.Store;

/** Carries out UpdateItem. Any thread. */
public final class UpdateItemHandler
    implements ItemOperationHandler<UpdateItem.Request, UpdateItem.Response> {
  private final Gate gate;
  private final Store store;
  private final Expressions expressions;
  private final Conflicts conflicts;

  public UpdateItemHandler(Gate gate, Store store, Expressions expressions, Conflicts conflicts) {
    this.gate = gate;
    this.store = store;
    this.expressions = expressions;
    this.conflicts = conflicts;
  }

  @Override
  public UpdateItem.Response handle(
      Caller caller, UpdateItem.Request request, Allowance allowance) {
    WriteExpressions bound = WriteExpressions.of(expressions, request);
    ConditionCheck check = ConditionCheck.of(bound, request.condition());
    return gate.use(
        caller,
        new Access(
            Action.UPDATE_ITEM,
            request.tableName(),
            key ->
                new ItemConditions(key)
                    .item(request.key())
                    .expressions(bound)
                    .returnValues(request.returnValues())
                    .capacity(request.returnConsumedCapacity())
                    .keys()),
        (table, meter) -> {
          ItemWrite write =
              ItemWrite.update(
                  table,
                  request.key(),
                  bound.update(),
                  check,
                  image(request.returnValues(), bound.update()));
          ItemChange change = write.apply(store, conflicts, allowance, meter);
          return new UpdateItem.Response(
              change.returned().orElse(null),
              meter.answer(request.returnConsumedCapacity()),
              CollectionMetrics.answer(request.returnItemCollectionMetrics(), write, change));
        });
  }

  /** Returns the image that the caller wants. Without an update, the updated parts are no image. */
  private static ReturnedImage image(ReturnValues wish, Optional<Update> update) {
    return switch (wish) {
      case NONE -> ReturnedImage.NONE;
      case ALL_OLD -> ReturnedImage.OLD;
      case ALL_NEW -> ReturnedImage.NEW;
      case UPDATED_OLD ->
          update.map(changes -> ReturnedImage.ofOld(changes::parts)).orElse(ReturnedImage.NONE);
      case UPDATED_NEW ->
          update.map(changes -> ReturnedImage.ofNew(changes::parts)).orElse(ReturnedImage.NONE);
    };
  }
}
