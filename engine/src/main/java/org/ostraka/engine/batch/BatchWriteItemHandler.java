package org.ostraka.engine.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.item.CollectionMetrics;
import org.ostraka.engine.item.ConditionCheck;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ReturnedImage;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchWriteItem;
import org.ostraka.model.operation.BatchWriteItem.Write;
import org.ostraka.model.operation.BatchWriteItem.WritesOfTable;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/**
 * Carries out BatchWriteItem by one decision, so that all of it happens or nothing, which is more
 * than the service promises; what is throttled is left out. Any thread.
 */
public final class BatchWriteItemHandler
    implements ItemOperationHandler<BatchWriteItem.Request, BatchWriteItem.Response> {
  private final Gate gate;
  private final Store store;

  public BatchWriteItemHandler(Gate gate, Store store) {
    this.gate = gate;
    this.store = store;
  }

  @Override
  public BatchWriteItem.Response handle(
      Caller caller, BatchWriteItem.Request request, Allowance allowance) {
    refuseTooMany(request);
    request.tables().forEach(table -> table.writes().forEach(BatchWriteItemHandler::refuseBad));
    List<Access> accesses =
        request.tables().stream()
            .map(table ->
                new Access(
                    Action.BATCH_WRITE_ITEM,
                    table.tableName(),
                    key ->
                        new ItemConditions(key)
                            .items(items(table))
                            .capacity(request.returnConsumedCapacity())
                            .keys()))
            .toList();
    BatchWriting writing = new BatchWriting(store, allowance);
    return gate.use(
        caller,
        ItemOperation.BATCH_WRITE_ITEM,
        accesses,
        (tables, meter) -> {
          // An absent table is reported before anything that is wrong with a key.
          accesses.forEach(access -> tables.of(access.reference()));
          List<ItemWrite> writes = writes(tables, request);
          writing.write(writes);
          return response(request, writes, writing, meter);
        });
  }

  private static BatchWriteItem.Response response(
      BatchWriteItem.Request request, List<ItemWrite> writes, BatchWriting writing, Meter meter) {
    CollectionMetrics collections = new CollectionMetrics();
    List<WritesOfTable> unprocessed = new ArrayList<>();
    int at = 0;
    for (WritesOfTable ofTable : request.tables()) {
      List<Write> left = new ArrayList<>();
      for (Write each : ofTable.writes()) {
        ItemWrite write = writes.get(at);
        writing
            .change(at)
            .ifPresentOrElse(
                change -> {
                  write.capacity().charge(meter, change);
                  collections.add(ofTable.tableName(), write, change);
                },
                () -> left.add(each));
        at++;
      }
      if (!left.isEmpty()) {
        unprocessed.add(new WritesOfTable(ofTable.tableName(), left));
      }
    }
    return new BatchWriteItem.Response(
        unprocessed,
        collections.answer(request.returnItemCollectionMetrics()),
        meter.answers(request.returnConsumedCapacity()));
  }

  /** Returns the items that are put and the keys of those that are deleted. */
  private static List<Item> items(WritesOfTable table) {
    List<Item> items = new ArrayList<>();
    for (Write write : table.writes()) {
      switch (write) {
        case Write.Put(Item item) -> items.add(item);
        case Write.Delete(Item key) -> items.add(key);
        case Write.Bad _ -> {} // refused before
      }
    }
    return items;
  }

  private static void refuseTooMany(BatchWriteItem.Request request) {
    int count = request.tables().stream().mapToInt(table -> table.writes().size()).sum();
    if (count > Limits.BATCH_WRITES) {
      throw new ValidationException("Too many items requested for the BatchWriteItem call");
    }
  }

  /** Refuses a write that is wrong whatever its table is. */
  private static void refuseBad(Write write) {
    switch (write) {
      case Write.Bad bad -> throw new ValidationException(bad.problem());
      case Write.Put put -> ItemWrite.requireSize(put.item());
      case Write.Delete _ -> {}
    }
  }

  /** Returns the writes, one table after the other; refuses two writes of the same item. */
  private static List<ItemWrite> writes(TableUses tables, BatchWriteItem.Request request) {
    List<ItemWrite> writes = new ArrayList<>();
    Set<RowKey> keys = new HashSet<>();
    for (WritesOfTable ofTable : request.tables()) {
      TableUse table = tables.of(ofTable.tableName());
      for (Write each : ofTable.writes()) {
        ItemWrite write = write(table, each);
        if (!keys.add(write.key())) {
          throw BatchGetItemHandler.duplicates();
        }
        writes.add(write);
      }
    }
    return writes;
  }

  private static ItemWrite write(TableUse table, Write write) {
    return switch (write) {
      case Write.Put put -> {
        ItemKey.requireFit(table.key(), ItemKey.within(table.key(), put.item()));
        yield ItemWrite.put(table, put.item(), ConditionCheck.NONE, ReturnedImage.NONE);
      }
      case Write.Delete delete ->
          ItemWrite.delete(table, delete.key(), ConditionCheck.NONE, ReturnedImage.NONE);
      case Write.Bad _ -> throw new IllegalStateException("a bad write was let through");
    };
  }
}
