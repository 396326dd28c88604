package org.ostraka.engine.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.Projection;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchGetItem;
import org.ostraka.model.operation.BatchGetItem.KeysOfTable;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/** Carries out BatchGetItem. Any thread. */
public final class BatchGetItemHandler
    implements ItemOperationHandler<BatchGetItem.Request, BatchGetItem.Response> {
  private final Gate gate;
  private final Store store;
  private final Expressions expressions;

  public BatchGetItemHandler(Gate gate, Store store, Expressions expressions) {
    this.gate = gate;
    this.store = store;
    this.expressions = expressions;
  }

  @Override
  public BatchGetItem.Response handle(
      Caller caller, BatchGetItem.Request request, Allowance allowance) {
    List<ReadExpressions> bound = expressions(request);
    List<Optional<Projection>> projections =
        bound.stream().map(ReadExpressions::projection).toList();
    List<Access> accesses = new ArrayList<>();
    for (int i = 0; i < bound.size(); i++) {
      accesses.add(access(request, request.tables().get(i), bound.get(i)));
    }
    return gate.use(
        caller,
        accesses,
        (tables, meter) -> {
          List<List<ItemRead>> reads = new ArrayList<>();
          for (int i = 0; i < projections.size(); i++) {
            reads.add(reads(tables, request.tables().get(i), projections.get(i)));
          }
          refuseTwice(reads);
          return read(request, reads, allowance, meter);
        });
  }

  private static Access access(
      BatchGetItem.Request request, KeysOfTable table, ReadExpressions bound) {
    return new Access(
        Action.BATCH_GET_ITEM,
        table.tableName(),
        key ->
            new ItemConditions(key)
                .items(table.keys())
                .expressions(bound)
                .select(bound)
                .capacity(request.returnConsumedCapacity())
                .keys());
  }

  private static List<ItemRead> reads(
      TableUses tables, KeysOfTable asked, Optional<Projection> projection) {
    TableUse table = tables.of(asked.tableName());
    return asked.keys().stream().map(key -> ItemRead.of(table, key, projection)).toList();
  }

  private BatchGetItem.Response read(
      BatchGetItem.Request request, List<List<ItemRead>> reads, Allowance allowance, Meter meter) {
    BatchReading reading = new BatchReading(store, allowance, meter);
    Map<String, List<Item>> items = new LinkedHashMap<>();
    List<KeysOfTable> unprocessed = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      KeysOfTable asked = request.tables().get(i);
      BatchReading.Part part = reading.read(reads.get(i), asked.isConsistent());
      items.put(asked.tableName(), part.items());
      if (part.keys() < asked.keys().size()) {
        unprocessed.add(asked.with(asked.keys().subList(part.keys(), asked.keys().size())));
      }
    }
    return new BatchGetItem.Response(
        items, unprocessed, meter.answers(request.returnConsumedCapacity()));
  }

  /** Checks what can be judged without the tables, one table after the other. */
  private List<ReadExpressions> expressions(BatchGetItem.Request request) {
    ReadExpressions.refuseMixedForms(request);
    List<ReadExpressions> bound = new ArrayList<>();
    int keys = 0;
    for (KeysOfTable table : request.tables()) {
      bound.add(ReadExpressions.of(expressions, table));
      Set<Item> seen = new HashSet<>();
      for (Item key : table.keys()) {
        if (!seen.add(key)) {
          throw duplicates();
        }
        keys++;
        if (keys > Limits.BATCH_GET_KEYS) {
          throw new ValidationException("Too many items requested for the BatchGetItem call");
        }
      }
      if (table.badValue() != null) {
        throw new ValidationException(table.badValue());
      }
    }
    return bound;
  }

  /** Refuses an item that is requested under two names of its table. */
  private static void refuseTwice(List<List<ItemRead>> reads) {
    Set<RowKey> keys = new HashSet<>();
    reads.forEach(ofTable ->
        ofTable.forEach(read -> {
          if (!keys.add(read.key())) {
            throw duplicates();
          }
        }));
  }

  static ValidationException duplicates() {
    return new ValidationException("Provided list of item keys contains duplicates");
  }
}
