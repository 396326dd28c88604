package org.ostraka.engine.item;

import java.util.List;
import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.table.Catalogue;
import org.ostraka.engine.table.OpenTable;
import org.ostraka.model.Bytes;
import org.ostraka.model.Caller;
import org.ostraka.model.Limits;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PutItem;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Carries out PutItem. Any thread. */
public final class PutItemHandler implements OperationHandler<PutItem.Request, PutItem.Response> {
  private final Catalogue catalogue;
  private final Store store;

  public PutItemHandler(Catalogue catalogue, Store store) {
    this.catalogue = catalogue;
    this.store = store;
  }

  @Override
  public PutItem.Response handle(Caller caller, PutItem.Request request) {
    try (OpenTable.Use table = catalogue.use(caller, request.tableName())) {
      RowKey key = ItemKey.ofItem(table.items(), table.key(), request.item());
      int sizeBytes = request.item().sizeBytes();
      if (sizeBytes > Limits.ITEM_BYTES) {
        throw new ValidationException("Item size has exceeded the maximum allowed size");
      }
      StoredItem old = put(key, ItemEncoding.encode(request.item()), request.returnValues());
      table.changed(old.exists() ? 0 : 1, sizeBytes - old.sizeBytes());
      return new PutItem.Response(
          old.item().orElse(null),
          CapacityUnits.tell(
              request.returnConsumedCapacity(),
              table.name(),
              CapacityUnits.write(old.sizeBytes(), sizeBytes)));
    }
  }

  private StoredItem put(RowKey key, Bytes encoded, ReturnValues wish) {
    return store.transact(
        List.of(key),
        rows -> {
          StoredItem old = StoredItem.of(rows.row(key), wish == ReturnValues.ALL_OLD);
          return new Verdict<>(old, List.of(new Write.Put(key, encoded)));
        });
  }
}
