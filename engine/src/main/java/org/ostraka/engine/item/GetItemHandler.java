package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.table.Catalogue;
import org.ostraka.engine.table.OpenTable;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Projection;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Caller;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.GetItem;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/** Carries out GetItem. Any thread. */
public final class GetItemHandler implements OperationHandler<GetItem.Request, GetItem.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Expressions expressions;

  public GetItemHandler(Catalogue catalogue, Store store, Expressions expressions) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
  }

  @Override
  public GetItem.Response handle(Caller caller, GetItem.Request request) {
    Optional<Projection> projection = ReadExpressions.of(expressions, request).projection();
    try (OpenTable.Use table = catalogue.use(caller, request.tableName())) {
      RowKey key = ItemKey.ofKey(table.items(), table.key(), request.key());
      projection.ifPresent(wanted -> refuseWithinKey(wanted, table.key()));
      boolean consistent = request.consistentRead();
      StoredItem found =
          StoredItem.of(
              store.read(key, consistent ? Consistency.STRONG : Consistency.EVENTUAL), true);
      return new GetItem.Response(
          found
              .item()
              .map(item -> projection.map(wanted -> wanted.of(item)).orElse(item))
              .orElse(null),
          CapacityUnits.tell(
              request.returnConsumedCapacity(),
              table.name(),
              CapacityUnits.read(found.sizeBytes(), consistent)));
    }
  }

  private static void refuseWithinKey(Projection projection, TableKey key) {
    KeyAttributeRules.refuseNested(
        projection.paths().stream(),
        key.attributes().stream().map(AttributeDefinition::name).toList());
  }
}
