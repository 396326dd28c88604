package org.ostraka.engine.item;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.OperationHandler;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.engine.table.Catalogue;
import org.ostraka.engine.table.OpenTable;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Update;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Carries out UpdateItem. Any thread. */
public final class UpdateItemHandler
    implements OperationHandler<UpdateItem.Request, UpdateItem.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Expressions expressions;

  public UpdateItemHandler(Catalogue catalogue, Store store, Expressions expressions) {
    this.catalogue = catalogue;
    this.store = store;
    this.expressions = expressions;
  }

  /** An item before and after its update, which may leave no item where there was none. */
  private record Updated(StoredItem before, Optional<Item> after) {
    int sizeBytesAfter() {
      return after.map(Item::sizeBytes).orElse(0);
    }

    boolean isNew() {
      return !before.exists() && after.isPresent();
    }
  }

  @Override
  public UpdateItem.Response handle(Caller caller, UpdateItem.Request request) {
    WriteExpressions bound = WriteExpressions.of(expressions, request);
    ConditionCheck check = ConditionCheck.of(bound, request.condition());
    try (OpenTable.Use table = catalogue.use(caller, request.tableName())) {
      RowKey key = ItemKey.ofKey(table.items(), table.key(), request.key());
      bound.update().ifPresent(update -> refuseKeyAttributes(update, table.key()));
      Updated updated = update(key, request.key(), bound.update(), check);
      StoredItem before = updated.before();
      int sizeBytes = updated.sizeBytesAfter();
      table.changed(updated.isNew() ? 1 : 0, sizeBytes - before.sizeBytes());
      return new UpdateItem.Response(
          image(request.returnValues(), bound.update(), updated),
          CapacityUnits.tell(
              request.returnConsumedCapacity(),
              table.name(),
              CapacityUnits.write(before.sizeBytes(), sizeBytes)));
    }
  }

  private Updated update(RowKey key, Item keyItem, Optional<Update> update, ConditionCheck check) {
    return store.transact(
        List.of(key),
        rows -> {
          StoredItem before = StoredItem.of(rows.row(key), true);
          if (!before.exists() && !update.map(Update::makesItem).orElse(true)) {
            check.require(before);
            return Verdict.unchanged(new Updated(before, Optional.empty()));
          }
          Item after = after(update, before, before.item().orElse(keyItem), check);
          return new Verdict<>(
              new Updated(before, Optional.of(after)),
              List.of(new Write.Put(key, ItemEncoding.encode(after))));
        });
  }

  /** The size is told before the condition, everything else that an update meets after it. */
  private static Item after(
      Optional<Update> update, StoredItem before, Item basis, ConditionCheck check) {
    if (update.isEmpty()) {
      check.require(before);
      return basis;
    }
    Item after;
    try {
      after = update.get().apply(basis);
    } catch (ValidationException problem) {
      check.require(before);
      throw problem;
    }
    UpdatedItemLimits.requireSize(update.get(), after);
    check.require(before);
    UpdatedItemLimits.requireLevels(after);
    return after;
  }

  private static void refuseKeyAttributes(Update update, TableKey key) {
    List<String> names = key.attributes().stream().map(AttributeDefinition::name).toList();
    KeyAttributeRules.refuseInUpdate(update, names);
    KeyAttributeRules.refuseNested(update.paths(), names);
  }

  /** The attributes that the caller wants back; null for none. */
  private static @Nullable Item image(ReturnValues wish, Optional<Update> update, Updated updated) {
    return switch (wish) {
      case NONE -> null;
      case ALL_OLD -> updated.before().item().orElse(null);
      case ALL_NEW -> updated.after().orElse(null);
      case UPDATED_OLD ->
          nonEmpty(
              updated.before().item().flatMap(item -> update.map(each -> each.updatedOld(item))));
      case UPDATED_NEW ->
          nonEmpty(updated.after().flatMap(item -> update.map(each -> each.updatedNew(item))));
    };
  }

  private static @Nullable Item nonEmpty(Optional<Item> item) {
    return item.filter(found -> !found.attributes().isEmpty()).orElse(null);
  }
}
