package org.ostraka.engine.item;

import java.util.List;
import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.engine.table.Catalogue;
import org.ostraka.engine.table.OpenTable;
import org.ostraka.model.Caller;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Carries out DeleteItem. Any thread. */
public final class DeleteItemHandler
    implements OperationHandler<DeleteItem.Request, DeleteItem.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Expressions expressions;

  public DeleteItemHandler(Catalogue catalogue, Store store, Expressions expressions) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
  }

  @Override
  public DeleteItem.Response handle(Caller caller, DeleteItem.Request request) {
    ConditionCheck check =
        ConditionCheck.of(
            WriteExpressions.of(expressions, request.condition()), request.condition());
    try (OpenTable.Use table = catalogue.use(caller, request.tableName())) {
      RowKey key = ItemKey.ofKey(table.items(), table.key(), request.key());
      boolean tellOld = request.returnValues() == ReturnValues.ALL_OLD;
      StoredItem old = delete(key, check, tellOld);
      table.changed(old.exists() ? -1 : 0, -old.sizeBytes());
      return new DeleteItem.Response(
          tellOld ? old.item().orElse(null) : null,
          CapacityUnits.tell(
              request.returnConsumedCapacity(),
              table.name(),
              CapacityUnits.write(old.sizeBytes(), 0)));
    }
  }

  private StoredItem delete(RowKey key, ConditionCheck check, boolean tellOld) {
    return store.transact(
        List.of(key),
        rows -> {
          StoredItem old = check.require(rows.row(key), tellOld);
          return old.exists()
              ? new Verdict<>(old, List.of(new Write.Delete(key)))
              : Verdict.unchanged(old);
        });
  }
}
