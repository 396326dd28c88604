package org.ostraka.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.IndexName;
import org.ostraka.model.Item;
import org.ostraka.model.ItemCollectionMetrics;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableSize;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchWriteItem;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.Query;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.UpdateItem;

/** Does the same to a table and to its reference, and compares what they say. One thread. */
final class ReferenceRun {
  private static final String TABLE = "votes";
  private static final int READ_UNIT_BYTES = 4096;
  private static final int WRITE_UNIT_BYTES = 1024;
  private static final int BUILD_STEP_ITEMS = 3;

  private final ReferenceTable reference;
  private final Requests requests;
  private final TableKey key;
  private final List<NewIndex> local;
  private final List<NewIndex> global;
  private final List<NewIndex> indexes;
  private final NewIndex late;
  private final List<AttributeDefinition> lateKey;
  private final String partition;
  private final Engines engines;
  private TestEngine engine;
  private Late state = Late.ABSENT;

  /** Where the index is that comes and goes. */
  private enum Late {
    ABSENT,
    BUILDING,
    COMPLETE
  }

  /**
   * Makes a run.
   *
   * @param late an index that the table does not have at first
   */
  ReferenceRun(
      Engines engines, TableKey key, List<NewIndex> local, List<NewIndex> global, NewIndex late) {
    this.engines = engines;
    this.engine = engines.next();
    this.key = key;
    this.global = global;
    this.late = late;
    this.lateKey = Stream.concat(Steps.INDEXED.stream(), key.attributes().stream()).toList();
    this.reference = new ReferenceTable(key);
    this.requests = new Requests(TABLE, key);
    this.local = local;
    this.partition = key.partition().name();
    this.indexes = Stream.concat(local.stream(), global.stream()).toList();
    engine.create(TABLE, key, Steps.INDEXED, local, global);
  }

  /** Carries out the steps, and lets go of the engine. */
  void all(List<Step> steps) {
    try {
      steps.forEach(this::one);
      one(new Step.Restart());
      engines.storeSizes();
      engine = engines.next();
      one(new Step.Scan(Step.Form.EXPRESSIONS, Optional.empty(), Check.NONE, 1, 0));
      TableSize size = engine.size(TABLE);
      assertSize(size, reference.all(Optional.empty()));
      Stream.concat(
              indexes.stream(),
              Stream.of(late).filter(_ -> state == Late.COMPLETE && engines.countsBuiltIndexes()))
          .forEach(index ->
              assertSize(
                  size.ofIndex(new IndexName(index.name())), reference.all(Optional.of(index))));
      assertThat(engines.check().named()).isEmpty();
    } finally {
      engines.close();
    }
  }

  private static void assertSize(TableSize size, List<Item> items) {
    assertThat(size.itemCount()).isEqualTo(items.size());
    assertThat(size.sizeBytes()).isEqualTo(items.stream().mapToLong(Item::sizeBytes).sum());
  }

  private void one(Step step) {
    engine = engines.next();
    switch (step) {
      case Step.Put put -> put(put);
      case Step.Update update -> update(update);
      case Step.Delete delete -> delete(delete);
      case Step.Batch batch -> batch(batch);
      case Step.Transact transact -> transact(transact);
      case Step.GetSeveral several -> getSeveral(several);
      case Step.Get get -> get(get);
      case Step.Query query -> {
        if (canRead(query.index(), () -> query(query))) {
          query(query);
        }
      }
      case Step.Scan scan -> {
        if (canRead(scan.index(), () -> scan(scan))) {
          scan(scan);
        }
      }
      case Step.AddIndex() -> addIndex();
      case Step.BuildIndex() -> buildIndex();
      case Step.RemoveIndex() -> removeIndex();
      case Step.Recreate() -> recreate();
      case Step.Restart() -> engines.restart();
    }
  }

  private void recreate() {
    if (state != Late.BUILDING) {
      engine.delete(TABLE);
      engine = engines.next();
      engine.create(TABLE, key, Steps.INDEXED, local, global);
      reference.clear();
      state = Late.ABSENT;
    }
  }

  private void addIndex() {
    if (state == Late.ABSENT) {
      engine.updateIndexes(TABLE, lateKey, new GlobalIndexUpdate(late, null, null));
      state = Late.BUILDING;
    }
  }

  private void buildIndex() {
    engine.builder(BUILD_STEP_ITEMS).run(TestEngine.ONE_STEP);
    if (state == Late.BUILDING && engine.catalogue().builds().isEmpty()) {
      state = Late.COMPLETE;
    }
  }

  private void removeIndex() {
    if (state != Late.ABSENT) {
      engine.updateIndexes(TABLE, lateKey, new GlobalIndexUpdate(null, null, late.name()));
      engine.catalogue().maintain();
      state = Late.ABSENT;
    }
  }

  /** The late index can be read when it is complete, and not before. */
  private boolean canRead(Optional<NewIndex> index, ThrowableAssert.ThrowingCallable reading) {
    boolean readable = state == Late.COMPLETE || index.filter(read -> read.equals(late)).isEmpty();
    if (!readable) {
      assertThatThrownBy(reading).isInstanceOf(ValidationException.class);
    }
    return readable;
  }

  private void put(Step.Put step) {
    OperationHandler<PutItem.Request, PutItem.Response> handler = engine.operations().putItem();
    write(
        reference.put(step.item(), step.check()),
        () -> handler.handle(TestEngine.CALLER, requests.put(step)),
        PutItem.Response::attributes,
        PutItem.Response::consumedCapacity,
        response -> assertCollection(step.item(), response.itemCollectionMetrics()),
        false);
  }

  private void delete(Step.Delete step) {
    OperationHandler<DeleteItem.Request, DeleteItem.Response> handler =
        engine.operations().deleteItem();
    write(
        reference.delete(step.key(), step.check()),
        () -> handler.handle(TestEngine.CALLER, requests.delete(step)),
        DeleteItem.Response::attributes,
        DeleteItem.Response::consumedCapacity,
        response -> assertCollection(step.key(), response.itemCollectionMetrics()),
        false);
  }

  private void update(Step.Update step) {
    OperationHandler<UpdateItem.Request, UpdateItem.Response> handler =
        engine.operations().updateItem();
    write(
        reference.update(step),
        () -> handler.handle(TestEngine.CALLER, requests.update(step)),
        UpdateItem.Response::attributes,
        UpdateItem.Response::consumedCapacity,
        response -> assertCollection(step.key(), response.itemCollectionMetrics()),
        true);
  }

  /**
   * Compares a write with what it should come to.
   *
   * @param returnsNew whether the response shows the item after and not before the write
   */
  private static <R> void write(
      ReferenceTable.Outcome expected,
      Supplier<R> writing,
      Function<R, @Nullable Item> attributes,
      Function<R, @Nullable ConsumedCapacity> capacity,
      Consumer<R> collection,
      boolean returnsNew) {
    ReferenceTable.Outcome outcome;
    try {
      R response = writing.get();
      ReferenceTable.Outcome.Done done = requireDone(expected);
      Optional<Item> shown = Optional.ofNullable(attributes.apply(response));
      assertThat(shown).isEqualTo(returnsNew ? done.after() : done.before());
      assertThat(Objects.requireNonNull(capacity.apply(response)).tableUnits())
          .isEqualTo(writeUnits(done));
      collection.accept(response);
      outcome = done;
    } catch (ConditionalCheckFailedException failed) {
      outcome = new ReferenceTable.Outcome.ConditionFailed(failed.item());
    } catch (ValidationException refused) {
      assertThat(refused.text())
          .isIn(
              "An operand in the update expression has an incorrect data type",
              "Type mismatch for attribute to update",
              "Attempting to store more than 38 significant digits in a Number");
      outcome = new ReferenceTable.Outcome.Refused();
    }
    assertThat(outcome).isEqualTo(expected);
  }

  private static ReferenceTable.Outcome.Done requireDone(ReferenceTable.Outcome expected) {
    assertThat(expected).isInstanceOf(ReferenceTable.Outcome.Done.class);
    return (ReferenceTable.Outcome.Done) expected;
  }

  private void batch(Step.Batch step) {
    reference.batch(step);
    BatchWriteItem.Response response =
        engine.operations().batchWriteItem().handle(TestEngine.CALLER, requests.batch(step));
    assertCollections(
        Stream.concat(step.puts().stream(), step.deletes().stream()),
        response.itemCollectionMetrics());
  }

  /** Compares what is told of one item's collection with what it should be. */
  private void assertCollection(Item item, @Nullable ItemCollectionMetrics told) {
    assertThat(Optional.ofNullable(told))
        .isEqualTo(local.isEmpty() ? Optional.empty() : Optional.of(collection(item)));
  }

  /** Compares what is told of the collections of items that were written with what it should be. */
  private void assertCollections(
      Stream<Item> items, @Nullable Map<String, List<ItemCollectionMetrics>> told) {
    List<ItemCollectionMetrics> expected =
        items.map(this::collection).distinct().filter(_ -> !local.isEmpty()).toList();
    assertThat(told).isEqualTo(expected.isEmpty() ? null : Map.of(TABLE, expected));
  }

  private ItemCollectionMetrics collection(Item item) {
    return new ItemCollectionMetrics(
        item.only(List.of(partition)), reference.collectionBytes(item, local));
  }

  private void transact(Step.Transact step) {
    OperationHandler<TransactWriteItems.Request, TransactWriteItems.Response> handler =
        engine.operations().transactWriteItems();
    List<ReferenceTable.Outcome> expected = reference.transact(step.actions());
    try {
      TransactWriteItems.Response response =
          handler.handle(TestEngine.CALLER, requests.transact(step));
      assertThat(expected).hasOnlyElementsOfType(ReferenceTable.Outcome.Done.class);
      assertCollections(
          step.actions().stream().flatMap(action -> written(action).stream()),
          response.itemCollectionMetrics());
    } catch (TransactionCanceledException cancelled) {
      assertThat(cancelled.reasons().stream().map(CancellationReason::code).toList())
          .isEqualTo(expected.stream().map(ReferenceRun::code).toList());
    }
  }

  private static Optional<Item> written(Step.Action action) {
    return switch (action) {
      case Step.Action.Put put -> Optional.of(put.item());
      case Step.Action.Update update -> Optional.of(update.key());
      case Step.Action.Delete delete -> Optional.of(delete.key());
      case Step.Action.Require _ -> Optional.empty();
    };
  }

  private static CancellationReason.Code code(ReferenceTable.Outcome outcome) {
    return switch (outcome) {
      case ReferenceTable.Outcome.Done _ -> CancellationReason.Code.NONE;
      case ReferenceTable.Outcome.ConditionFailed _ ->
          CancellationReason.Code.CONDITIONAL_CHECK_FAILED;
      case ReferenceTable.Outcome.Refused _ -> CancellationReason.Code.VALIDATION_ERROR;
    };
  }

  private void getSeveral(Step.GetSeveral step) {
    List<Optional<Item>> expected = step.keys().stream().map(reference::get).toList();
    if (step.transacted()) {
      assertThat(
              engine
                  .operations()
                  .transactGetItems()
                  .handle(TestEngine.CALLER, requests.transactGet(step))
                  .items())
          .isEqualTo(expected);
    } else {
      assertThat(
              engine
                  .operations()
                  .batchGetItem()
                  .handle(TestEngine.CALLER, requests.getSeveral(step))
                  .items()
                  .get(TABLE))
          .isEqualTo(expected.stream().flatMap(Optional::stream).toList());
    }
  }

  private void get(Step.Get step) {
    GetItem.Response response =
        engine.operations().getItem().handle(TestEngine.CALLER, requests.get(step));
    Optional<Item> stored = reference.get(step.key());
    assertThat(Optional.ofNullable(response.item()))
        .isEqualTo(
            step.attributes().isEmpty()
                ? stored
                : stored.map(item -> item.only(step.attributes())));
    assertThat(Objects.requireNonNull(response.consumedCapacity()).units())
        .isEqualTo(readUnits(stored.stream().toList()));
  }

  private void query(Step.Query step) {
    OperationHandler<Query.Request, PageResponse> handler = engine.operations().query();
    List<Item> read = reference.partition(step);
    List<Item> found =
        pages(
            start -> handler.handle(TestEngine.CALLER, requests.query(step, start)),
            step.pageSize(),
            read.size(),
            step.index().isPresent() || !reference.hasNoSortKey());
    List<Item> expected = read.stream().filter(step.filter()::holds).toList();
    if (step.index().isEmpty()) {
      assertThat(found).isEqualTo(expected);
      return;
    }
    // Among items with the same keys of an index any order will do.
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    String sort = step.index().get().keySchema().getLast().attributeName();
    assertThat(found.stream().map(item -> item.attribute(sort)).toList())
        .isEqualTo(expected.stream().map(item -> item.attribute(sort)).toList());
  }

  private void scan(Step.Scan step) {
    OperationHandler<Scan.Request, PageResponse> handler = engine.operations().scan();
    List<Item> found = new ArrayList<>();
    for (int segment = 0; segment < step.segments(); segment++) {
      int each = segment;
      found.addAll(
          pages(
              start -> handler.handle(TestEngine.CALLER, requests.scan(step, each, start)),
              step.pageSize(),
              -1,
              true));
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            reference.all(step.index()).stream().filter(step.filter()::holds).toList());
  }

  /**
   * All pages, one after the other.
   *
   * @param scanned items that are read in all, or -1 where that depends
   * @param goesOn whether a full page has a key to go on after
   */
  private List<Item> pages(
      Function<@Nullable Item, PageResponse> reading, int pageSize, int scanned, boolean goesOn) {
    List<Item> found = new ArrayList<>();
    int read = 0;
    Item start = null;
    do {
      PageResponse page = reading.apply(start);
      List<Item> items = Objects.requireNonNull(page.items());
      assertThat(page.count()).isEqualTo(items.size());
      boolean full = pageSize > 0 && page.scannedCount() == pageSize;
      assertThat(page.lastEvaluatedKey() != null).isEqualTo(full && goesOn);
      assertThat(page.scannedCount()).isLessThanOrEqualTo(full ? pageSize : Integer.MAX_VALUE);
      found.addAll(items);
      read += page.scannedCount();
      start = page.lastEvaluatedKey();
      if (start != null) {
        assertThat(reference.get(reference.keyOf(start))).isPresent();
      }
    } while (start != null);
    if (scanned >= 0) {
      assertThat(read).isEqualTo(scanned);
    }
    return found;
  }

  private static double readUnits(List<Item> items) {
    int bytes = items.stream().mapToInt(Item::sizeBytes).sum();
    return Math.max(1, Math.ceilDiv(bytes, READ_UNIT_BYTES));
  }

  private static double writeUnits(ReferenceTable.Outcome.Done done) {
    int before = done.before().map(Item::sizeBytes).orElse(0);
    int after = done.after().map(Item::sizeBytes).orElse(0);
    return Math.max(1, Math.ceilDiv(Math.max(before, after), WRITE_UNIT_BYTES));
  }
}
