package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
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
  private final Gate gate;
  private final Store store;
  private final Expressions expressions;

  public GetItemHandler(Gate gate, Store store, Expressions expressions) {
    this.gate = gate;
    this.store = store;
    this.expressions = expressions;
  }

  @Override
  public GetItem.Response handle(Caller caller, GetItem.Request request, Allowance allowance) {
    ReadExpressions bound = ReadExpressions.of(expressions, request);
    Optional<Projection> projection = bound.projection();
    return gate.use(
        caller,
        new Access(
            Action.GET_ITEM,
            request.tableName(),
            key ->
                new ItemConditions(key)
                    .item(request.key())
                    .expressions(bound)
                    .select(bound)
                    .capacity(request.returnConsumedCapacity())
                    .keys()),
        (table, meter) -> {
          ItemRead read = ItemRead.of(table, request.key(), projection);
          boolean consistent = request.consistentRead();
          read.requireRoom();
          allowance.expect(read.key());
          ItemRead.Found found =
              read.found(
                  store.read(read.key(), consistent ? Consistency.STRONG : Consistency.EVENTUAL));
          allowance.found(read.key(), found.rowBytes());
          allowance.holdAnswer(found.rowBytes());
          read.charge(meter, found, consistent);
          return new GetItem.Response(
              found.item(allowance).orElse(null), meter.answer(request.returnConsumedCapacity()));
        });
  }
}
