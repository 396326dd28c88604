package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.entry.IndexChange;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.engine.load.Allowance;
import org.ostraka.expression.Condition;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Update;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.DuplicateItemException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Write;

/**
 * A write of one item that is ready to be decided: where the item lies, and what becomes of it,
 * whatever is there. Immutable; valid as long as the table's use.
 */
public final class ItemWrite {
  private final TableUse table;
  private final RowKey key;
  private final Optional<ItemCollection> collection;
  private final Effect effect;
  private final ConditionCheck check;
  private final ReturnedImage image;

  private ItemWrite(
      TableUse table,
      RowKey key,
      Optional<ItemCollection> collection,
      Effect effect,
      ConditionCheck check,
      ReturnedImage image) {
    this.table = table;
    this.key = key;
    this.collection = collection;
    this.effect = effect;
    this.check = check;
    this.image = image;
  }

  /** What is done to an item. */
  private sealed interface Effect {
    record Put(Item item, Write.Put write) implements Effect {}

    record Insert(Item item, Write.Put write) implements Effect {}

    record Delete(Write write) implements Effect {}

    record Check() implements Effect {}

    record Change(Item keyItem, Optional<Update> update, SizeRule sizes) implements Effect {}
  }

  /** What counts for the size of an update. */
  private enum SizeRule {
    /** The item, and what the writing costs. */
    ALONE,
    /** The item: so it is within transactions, and for statements. */
    ITEM
  }

  /**
   * Makes a put.
   *
   * @throws ValidationException when the item does not fit the table, or is too large
   */
  public static ItemWrite put(
      TableUse table, Item item, ConditionCheck check, ReturnedImage image) {
    Write.Put write = fitting(table, item);
    return new ItemWrite(
        table,
        write.key(),
        ItemCollection.of(table, write.key(), item),
        new Effect.Put(item, write),
        check,
        image);
  }

  /** A put where there is no item yet; see {@link #put}. */
  public static ItemWrite insert(TableUse table, Item item) {
    Write.Put write = fitting(table, item);
    return new ItemWrite(
        table,
        write.key(),
        ItemCollection.of(table, write.key(), item),
        new Effect.Insert(item, write),
        ConditionCheck.NONE,
        ReturnedImage.NONE);
  }

  /** Refuses an item that is sent as a whole and is too large for any table. */
  public static void requireSize(Item item) {
    requireSize(item.sizeBytes());
  }

  private static void requireSize(long sizeBytes) {
    if (sizeBytes > Limits.ITEM_BYTES) {
      throw new ValidationException("Item size has exceeded the maximum allowed size");
    }
  }

  /** The row of an item that was sent as a whole, if it fits the table. */
  private static Write.Put fitting(TableUse table, Item item) {
    RowKey key = ItemKey.ofItem(table.items(), table.key(), item);
    IndexKeyRules.requireSent(table, item);
    requireSize(IndexKeyRules.sizeBytes(table.indexes(), table.key(), item));
    return new Write.Put(key, ItemEncoding.encode(item));
  }

  /** A deletion; see {@link #put}. */
  public static ItemWrite delete(
      TableUse table, Item keyItem, ConditionCheck check, ReturnedImage image) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return new ItemWrite(
        table,
        key,
        ItemCollection.of(table, key, keyItem),
        new Effect.Delete(new Write.Delete(key)),
        check,
        image);
  }

  /**
   * An update.
   *
   * @param update what changes; absent to see to it that there is an item
   * @throws ValidationException when the key does not fit the table, or would change
   */
  public static ItemWrite update(
      TableUse table,
      Item keyItem,
      Optional<Update> update,
      ConditionCheck check,
      ReturnedImage image) {
    return update(table, keyItem, update, check, image, SizeRule.ALONE);
  }

  /** An update of which only the item's size counts; see {@link #update}. */
  public static ItemWrite updateToFit(
      TableUse table, Item keyItem, Update update, ConditionCheck check, ReturnedImage image) {
    return update(table, keyItem, Optional.of(update), check, image, SizeRule.ITEM);
  }

  private static ItemWrite update(
      TableUse table,
      Item keyItem,
      Optional<Update> update,
      ConditionCheck check,
      ReturnedImage image,
      SizeRule sizes) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    update.ifPresent(present -> {
      refuseKeyAttributes(present, table.key());
      IndexKeyRules.requireSet(table, present);
    });
    return new ItemWrite(
        table,
        key,
        ItemCollection.of(table, key, keyItem),
        new Effect.Change(keyItem, update, sizes),
        check,
        image);
  }

  /** No write at all, but the item's condition has to hold; see {@link #put}. */
  public static ItemWrite conditionCheck(TableUse table, Item keyItem, ConditionCheck check) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return new ItemWrite(
        table, key, Optional.empty(), new Effect.Check(), check, ReturnedImage.NONE);
  }

  /** The item's table. */
  public TableArn table() {
    return table.arn();
  }

  /** The item's row. */
  public RowKey key() {
    return key;
  }

  /** Returns the size of the item that was sent; 0 when the request has none. */
  int sentBytes() {
    return switch (effect) {
      case Effect.Put(Item item, Write _) -> item.sizeBytes();
      case Effect.Insert(Item item, Write _) -> item.sizeBytes();
      case Effect.Delete _, Effect.Check _, Effect.Change _ -> 0;
    };
  }

  /** The rows that a decision has to declare: the item's, and that of its collection. */
  List<RowKey> keys() {
    return collection.map(measured -> List.of(key, measured.row())).orElse(List.of(key));
  }

  /** The item's collection; absent for a mere condition, and where collections are not measured. */
  Optional<ItemCollection> collection() {
    return collection;
  }

  /**
   * What the write comes to, but for its item's collection. Pure.
   *
   * @throws org.ostraka.model.error.ConditionalCheckFailedException when its condition does not
   *     hold
   * @throws DuplicateItemException when there is an item where one would be inserted
   * @throws ValidationException when the item is not one with which this can be done
   */
  ItemChange decide(Optional<Bytes> stored, Allowance allowance) {
    CurrentItem current = new CurrentItem(stored, new ItemWork(allowance, expressions()));
    return switch (effect) {
      case Effect.Put(Item item, Write.Put write) -> {
        check.require(current);
        yield becomes(current, item, write);
      }
      case Effect.Insert(Item item, Write.Put write) -> {
        if (current.exists()) {
          throw new DuplicateItemException();
        }
        yield becomes(current, item, write);
      }
      case Effect.Delete(Write write) -> {
        check.require(current);
        yield current.exists() ? goes(current, write) : unchanged(current);
      }
      case Effect.Check() -> {
        check.require(current);
        yield unchanged(current);
      }
      case Effect.Change change -> changed(current, change);
    };
  }

  private ItemChange becomes(CurrentItem current, Item item, Write.Put write) {
    return changed(
        current,
        StoredItem.ofSize(item.sizeBytes()),
        Optional.of(item),
        Optional.of(write.value()),
        write);
  }

  private ItemChange goes(CurrentItem current, Write write) {
    return changed(current, StoredItem.NONE, Optional.empty(), Optional.empty(), write);
  }

  private ItemChange unchanged(CurrentItem current) {
    return ItemChange.none(current.summary(), image(current, Optional.empty(), Optional.empty()));
  }

  /** Counts what was written, once it was. */
  public void count(ItemChange change) {
    table.changed(change.itemCountDelta(), change.sizeBytesDelta());
    change
        .indexes()
        .forEach(index ->
            table.changed(index.index().name(), index.entriesDelta(), index.sizeBytesDelta()));
  }

  /**
   * Decides the write alone, counts it, and charges it, also when its condition fails.
   *
   * @throws ApiException when it is refused: then nothing is done
   */
  public ItemChange apply(Store store, Conflicts conflicts, Allowance allowance, Meter meter) {
    conflicts.refuse(key);
    return switch (ItemWrites.applyEach(store, Conflicts.NONE, List.of(this), allowance)
        .getFirst()) {
      case ItemWrites.Outcome.Done(ItemChange change) -> {
        meter.charge(table(), change.cost());
        yield change;
      }
      case ItemWrites.Outcome.Refused(ApiException reason, double units) -> {
        meter.chargeFailed(table(), units);
        throw reason;
      }
    };
  }

  /** Returns the number of comparisons, functions and actions to evaluate on the item. */
  private int expressions() {
    int actions =
        effect instanceof Effect.Change change
            ? change.update().map(update -> update.actions().size()).orElse(0)
            : 0;
    return actions + check.condition().map(Condition::size).orElse(0);
  }

  private ItemChange changed(CurrentItem before, Effect.Change change) {
    Optional<Update> update = change.update();
    if (!before.exists() && !update.map(Update::makesItem).orElse(true)) {
      check.require(before);
      return unchanged(before);
    }
    Item after = after(change, before, before.item().orElse(change.keyItem()));
    return becomes(before, after, new Write.Put(key, ItemEncoding.encode(after)));
  }

  /** Returns a write of the item's own row with the index rows that follow from it. */
  private ItemChange changed(
      CurrentItem before,
      StoredItem after,
      Optional<Item> item,
      Optional<Bytes> written,
      Write write) {
    // Indexes need the old item: it says where their old rows are.
    List<IndexChange> indexes =
        table.indexes().isEmpty() ? List.of() : IndexChange.of(table, key, before.item(), item);
    List<Write> writes = new ArrayList<>();
    writes.add(write);
    indexes.forEach(change -> writes.addAll(change.writes()));
    return new ItemChange(
        before.summary(), after, image(before, item, written), writes, indexes, 0);
  }

  private Optional<Bytes> image(CurrentItem before, Optional<Item> after, Optional<Bytes> written) {
    return switch (image.moment()) {
      case NEVER -> Optional.empty();
      case BEFORE ->
          image.parts().map(parts -> parts(parts, before.item())).orElseGet(before::stored);
      case AFTER -> image.parts().map(parts -> parts(parts, after)).orElse(written);
    };
  }

  /** Returns no image when the image is empty. */
  private static Optional<Bytes> parts(UnaryOperator<Item> parts, Optional<Item> item) {
    return item.map(parts).filter(part -> !part.attributes().isEmpty()).map(ItemEncoding::encode);
  }

  /** The size is told before the condition, everything else that an update meets after it. */
  private Item after(Effect.Change change, CurrentItem before, Item basis) {
    Optional<Update> update = change.update();
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
    switch (change.sizes()) {
      case ALONE -> UpdatedItemLimits.requireSize(table, update.get(), after);
      case ITEM -> UpdatedItemLimits.requireSize(table, after);
    }
    check.require(before);
    UpdatedItemLimits.requireLevels(after);
    IndexKeyRules.requireUpdated(table, after);
    return after;
  }

  private static void refuseKeyAttributes(Update update, TableKey key) {
    List<String> names = key.attributes().stream().map(AttributeDefinition::name).toList();
    KeyAttributeRules.refuseInUpdate(update, names);
    KeyAttributeRules.refuseNested(update.paths(), names);
  }
}
