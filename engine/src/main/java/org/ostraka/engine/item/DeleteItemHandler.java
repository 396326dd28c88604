package org.ostraka.engine.item;

import java.util.List;
import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.table.Catalogue;
import org.ostraka.engine.table.OpenTable;
import org.ostraka.model.Caller;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Carries out DeleteItem. Any thread. */
public final class DeleteItemHandler
    implements OperationHandler<DeleteItem.Request, DeleteItem.Response> {
  private final Catalogue catalogue;
  private final Store store;

  public DeleteItemHandler(Catalogue catalogue, Store store) {
    this.catalogue = catalogue;
    this.store = store;
  }

  @Override
  public DeleteItem.Response handle(Caller caller, DeleteItem.Request request) {
    try (OpenTable.Use table = catalogue.use(caller, request.tableName())) {
      RowKey key = ItemKey.ofKey(table.items(), table.key(), request.key());
      StoredItem old =
          store.transact(List.of(key), rows -> delete(rows, key, request.returnValues()));
      table.changed(old.exists() ? -1 : 0, -old.sizeBytes());
      return new DeleteItem.Response(
          old.item().orElse(null),
          CapacityUnits.tell(
              request.returnConsumedCapacity(),
              table.name(),
              CapacityUnits.write(old.sizeBytes(), 0)));
    }
  }

  private static Verdict<StoredItem> delete(CurrentRows rows, RowKey key, ReturnValues wish) {
    StoredItem old = StoredItem.of(rows.row(key), wish == ReturnValues.ALL_OLD);
    return old.exists()
        ? new Verdict<>(old, List.of(new Write.Delete(key)))
        : Verdict.unchanged(old);
  }
}
