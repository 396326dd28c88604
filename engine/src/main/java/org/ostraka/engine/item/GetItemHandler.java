package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.Projection;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.GetItem;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Store;

/** Carries out GetItem. Any thread. */
public final class GetItemHandler
    implements ItemOperationHandler<GetItem.Request, GetItem.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Expressions expressions;

  public GetItemHandler(Catalogue catalogue, Store store, Expressions expressions) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
  }

  @Override
  public GetItem.Response handle(Caller caller, GetItem.Request request, Allowance allowance) {
    Optional<Projection> projection = ReadExpressions.of(expressions, request).projection();
    try (TableUse table = catalogue.use(caller.owner(), request.tableName())) {
      ItemRead read = ItemRead.of(table, request.key(), projection);
      boolean consistent = request.consistentRead();
      ItemRead.Found found =
          read.found(
              store.read(read.key(), consistent ? Consistency.STRONG : Consistency.EVENTUAL));
      allowance.holdAnswer(found.rowBytes());
      return new GetItem.Response(
          found.item(allowance).orElse(null),
          CapacityUnits.tell(
              request.returnConsumedCapacity(), table.name(), found.units(consistent)));
    }
  }
}
