package org.ostraka.engine.item;

import java.util.List;
import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
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
  private final Expressions expressions;

  public PutItemHandler(Catalogue catalogue, Store store, Expressions expressions) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
  }

  @Override
  public PutItem.Response handle(Caller caller, PutItem.Request request) {
    ConditionCheck check =
        ConditionCheck.of(
            WriteExpressions.of(expressions, request.condition()), request.condition());
    try (OpenTable.Use table = catalogue.use(caller, request.tableName())) {
      RowKey key = ItemKey.ofItem(table.items(), table.key(), request.item());
      int sizeBytes = request.item().sizeBytes();
      if (sizeBytes > Limits.ITEM_BYTES) {
        throw new ValidationException("Item size has exceeded the maximum allowed size");
      }
      boolean tellOld = request.returnValues() == ReturnValues.ALL_OLD;
      StoredItem old = put(key, ItemEncoding.encode(request.item()), check, tellOld);
      table.changed(old.exists() ? 0 : 1, sizeBytes - old.sizeBytes());
      return new PutItem.Response(
          tellOld ? old.item().orElse(null) : null,
          CapacityUnits.tell(
              request.returnConsumedCapacity(),
              table.name(),
              CapacityUnits.write(old.sizeBytes(), sizeBytes)));
    }
  }

  private StoredItem put(RowKey key, Bytes encoded, ConditionCheck check, boolean tellOld) {
    return store.transact(
        List.of(key),
        rows -> {
          StoredItem old = check.require(rows.row(key), tellOld);
          return new Verdict<>(old, List.of(new Write.Put(key, encoded)));
        });
  }
}
