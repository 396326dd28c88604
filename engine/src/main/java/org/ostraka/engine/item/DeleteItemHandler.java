package org.ostraka.engine.item;

import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.model.Caller;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.storage.Store;

/** Carries out DeleteItem. Any thread. */
public final class DeleteItemHandler
    implements OperationHandler<DeleteItem.Request, DeleteItem.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Expressions expressions;
  private final Conflicts conflicts;

  public DeleteItemHandler(
      Catalogue catalogue, Store store, Expressions expressions, Conflicts conflicts) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
    this.conflicts = conflicts;
  }

  @Override
  public DeleteItem.Response handle(Caller caller, DeleteItem.Request request) {
    ConditionCheck check =
        ConditionCheck.of(
            WriteExpressions.of(expressions, request.condition()), request.condition());
    try (TableUse table = catalogue.use(caller.owner(), request.tableName())) {
      boolean tellOld = request.returnValues() == ReturnValues.ALL_OLD;
      ItemWrite write = ItemWrite.delete(table, request.key(), check, tellOld);
      ItemChange change = write.apply(store, conflicts);
      return new DeleteItem.Response(
          tellOld ? change.before().item().orElse(null) : null,
          CapacityUnits.tell(request.returnConsumedCapacity(), table.name(), change.cost()),
          CollectionMetrics.tell(request.returnItemCollectionMetrics(), write, change));
    }
  }
}
