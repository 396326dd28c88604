package org.ostraka.engine.item;

import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.PutItem;
import org.ostraka.storage.Store;

/** Carries out PutItem. Any thread. */
public final class PutItemHandler
    implements ItemOperationHandler<PutItem.Request, PutItem.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Expressions expressions;
  private final Conflicts conflicts;

  public PutItemHandler(
      Catalogue catalogue, Store store, Expressions expressions, Conflicts conflicts) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
    this.conflicts = conflicts;
  }

  @Override
  public PutItem.Response handle(Caller caller, PutItem.Request request, Allowance allowance) {
    ConditionCheck check =
        ConditionCheck.of(
            WriteExpressions.of(expressions, request.condition()), request.condition());
    try (TableUse table = catalogue.use(caller.owner(), request.tableName())) {
      ItemWrite write = ItemWrite.put(table, request.item(), check, image(request));
      ItemChange change = write.apply(store, conflicts, allowance);
      return new PutItem.Response(
          change.returned().orElse(null),
          CapacityUnits.tell(request.returnConsumedCapacity(), table.name(), change.cost()),
          CollectionMetrics.tell(request.returnItemCollectionMetrics(), write, change));
    }
  }

  private static ReturnedImage image(PutItem.Request request) {
    return request.returnValues() == ReturnValues.ALL_OLD ? ReturnedImage.OLD : ReturnedImage.NONE;
  }
}
