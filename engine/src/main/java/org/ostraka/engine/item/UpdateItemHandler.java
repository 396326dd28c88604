package org.ostraka.engine.item;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.expression.Update;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.storage.Store;

/** Carries out UpdateItem. Any thread. */
public final class UpdateItemHandler
    implements OperationHandler<UpdateItem.Request, UpdateItem.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Expressions expressions;
  private final Conflicts conflicts;

  public UpdateItemHandler(
      Catalogue catalogue, Store store, Expressions expressions, Conflicts conflicts) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
    this.conflicts = conflicts;
  }

  @Override
  public UpdateItem.Response handle(Caller caller, UpdateItem.Request request) {
    WriteExpressions bound = WriteExpressions.of(expressions, request);
    ConditionCheck check = ConditionCheck.of(bound, request.condition());
    try (TableUse table = catalogue.use(caller.owner(), request.tableName())) {
      ItemWrite write = ItemWrite.update(table, request.key(), bound.update(), check);
      ItemChange change = write.apply(store, conflicts);
      return new UpdateItem.Response(
          image(request.returnValues(), bound.update(), change),
          CapacityUnits.tell(request.returnConsumedCapacity(), table.name(), change.cost()),
          CollectionMetrics.tell(request.returnItemCollectionMetrics(), write, change));
    }
  }

  /** The attributes that the caller wants back; null for none. */
  private static @Nullable Item image(
      ReturnValues wish, Optional<Update> update, ItemChange change) {
    return switch (wish) {
      case NONE -> null;
      case ALL_OLD -> change.before().item().orElse(null);
      case ALL_NEW -> change.after().orElse(null);
      case UPDATED_OLD ->
          nonEmpty(change.before().item().flatMap(item -> update.map(each -> each.parts(item))));
      case UPDATED_NEW ->
          nonEmpty(change.after().flatMap(item -> update.map(each -> each.parts(item))));
    };
  }

  private static @Nullable Item nonEmpty(Optional<Item> item) {
    return item.filter(found -> !found.attributes().isEmpty()).orElse(null);
  }
}
