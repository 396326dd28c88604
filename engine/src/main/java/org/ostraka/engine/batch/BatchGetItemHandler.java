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
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.Projection;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ThrottledException;
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
        ItemOperation.BATCH_GET_ITEM,
        accesses,
        (tables, meter) -> {
          List<List<ItemRead>> all = new ArrayList<>();
          for (int i = 0; i < projections.size(); i++) {
            all.add(reads(tables, request.tables().get(i), projections.get(i)));
          }
          refuseTwice(all);
          return read(request, admitted(all), allowance, meter);
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

  /** A read for which there is room, and the place of its key in the request. */
  private record Admitted(int place, ItemRead read) {}

  /**
   * Returns the reads for which there is room.
   *
   * @throws ThrottledException when there is room for none of them
   */
  private static List<List<Admitted>> admitted(List<List<ItemRead>> reads) {
    List<List<Admitted>> admitted = new ArrayList<>();
    Optional<ThrottledException> refusal = Optional.empty();
    for (List<ItemRead> ofTable : reads) {
      List<Admitted> rest = new ArrayList<>();
      for (int place = 0; place < ofTable.size(); place++) {
        try {
          ofTable.get(place).requireRoom();
          rest.add(new Admitted(place, ofTable.get(place)));
        } catch (ThrottledException full) {
          refusal = Optional.of(full);
        }
      }
      admitted.add(rest);
    }
    if (refusal.isPresent() && admitted.stream().allMatch(List::isEmpty)) {
      throw refusal.get();
    }
    return admitted;
  }

  /** Returns the keys that were not looked up, of which the first admitted ones were. */
  private static List<Item> left(KeysOfTable asked, List<Admitted> reads, int done) {
    List<Item> left = new ArrayList<>(asked.keys());
    for (Admitted read : reads.subList(0, done).reversed()) {
      left.remove(read.place());
    }
    return left;
  }

  private BatchGetItem.Response read(
      BatchGetItem.Request request, List<List<Admitted>> reads, Allowance allowance, Meter meter) {
    BatchReading reading = new BatchReading(store, allowance, meter);
    Map<String, List<Item>> items = new LinkedHashMap<>();
    List<KeysOfTable> unprocessed = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      KeysOfTable asked = request.tables().get(i);
      BatchReading.Part part =
          reading.read(reads.get(i).stream().map(Admitted::read).toList(), asked.isConsistent());
      items.put(asked.tableName(), part.items());
      List<Item> left = left(asked, reads.get(i), part.keys());
      if (!left.isEmpty()) {
        unprocessed.add(asked.with(left));
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
