package org.ostraka.engine.item;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Update;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.model.error.DuplicateItemException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.Row;
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
  private final boolean tellOld;

  private ItemWrite(
      TableUse table,
      RowKey key,
      Optional<ItemCollection> collection,
      Effect effect,
      ConditionCheck check,
      boolean tellOld) {
    this.table = table;
    this.key = key;
    this.collection = collection;
    this.effect = effect;
    this.check = check;
    this.tellOld = tellOld;
  }

  /** What is done to an item. */
  private sealed interface Effect {
    record Put(Item item, Write write) implements Effect {}

    record Insert(Item item, Write write) implements Effect {}

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
   * A put.
   *
   * @param tellOld whether the caller wants the item as it was
   * @throws ValidationException when the item does not fit the table, or is too large
   */
  public static ItemWrite put(TableUse table, Item item, ConditionCheck check, boolean tellOld) {
    Write.Put write = fitting(table, item);
    return new ItemWrite(
        table,
        write.key(),
        ItemCollection.of(table, write.key(), item),
        new Effect.Put(item, write),
        check,
        tellOld);
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
        false);
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
      TableUse table, Item keyItem, ConditionCheck check, boolean tellOld) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return new ItemWrite(
        table,
        key,
        ItemCollection.of(table, key, keyItem),
        new Effect.Delete(new Write.Delete(key)),
        check,
        tellOld);
  }

  /**
   * An update.
   *
   * @param update what changes; absent to see to it that there is an item
   * @throws ValidationException when the key does not fit the table, or would change
   */
  public static ItemWrite update(
      TableUse table, Item keyItem, Optional<Update> update, ConditionCheck check) {
    return update(table, keyItem, update, check, SizeRule.ALONE);
  }

  /** An update of which only the item's size counts; see {@link #update}. */
  public static ItemWrite updateToFit(
      TableUse table, Item keyItem, Update update, ConditionCheck check) {
    return update(table, keyItem, Optional.of(update), check, SizeRule.ITEM);
  }

  private static ItemWrite update(
      TableUse table, Item keyItem, Optional<Update> update, ConditionCheck check, SizeRule sizes) {
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
        true);
  }

  /** No write at all, but the item's condition has to hold; see {@link #put}. */
  public static ItemWrite conditionCheck(TableUse table, Item keyItem, ConditionCheck check) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return new ItemWrite(table, key, Optional.empty(), new Effect.Check(), check, false);
  }

  /** The item's table. */
  public TableName table() {
    return table.name();
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
  ItemChange decide(Optional<Row> row) {
    return switch (effect) {
      case Effect.Put(Item item, Write write) -> {
        StoredItem before = check.require(row, needsOld());
        yield ItemChange.of(table, before, Optional.of(item), key, write);
      }
      case Effect.Insert(Item item, Write write) -> {
        StoredItem before = StoredItem.of(row, false);
        if (before.exists()) {
          throw new DuplicateItemException();
        }
        yield ItemChange.of(table, before, Optional.of(item), key, write);
      }
      case Effect.Delete(Write write) -> {
        StoredItem before = check.require(row, needsOld());
        yield before.exists()
            ? ItemChange.of(table, before, Optional.empty(), key, write)
            : ItemChange.none(before);
      }
      case Effect.Check() -> ItemChange.none(check.require(row, false));
      case Effect.Change change -> changed(StoredItem.of(row, true), change);
    };
  }

  /** Counts what was written, once it was. */
  public void count(ItemChange change) {
    table.changed(change.itemCountDelta(), change.sizeBytesDelta());
    change
        .indexes()
        .forEach(index ->
            table.changed(index.index().name(), index.entriesDelta(), index.sizeBytesDelta()));
  }

  /** Decides the write alone, and counts it. */
  public ItemChange apply(Store store, Conflicts conflicts) {
    conflicts.refuse(key);
    return ItemWrites.apply(store, List.of(this)).getFirst();
  }

  /** The item as it was says where the indexes have it. */
  private boolean needsOld() {
    return tellOld || !table.indexes().isEmpty();
  }

  private ItemChange changed(StoredItem before, Effect.Change change) {
    Optional<Update> update = change.update();
    if (!before.exists() && !update.map(Update::makesItem).orElse(true)) {
      check.require(before);
      return ItemChange.none(before);
    }
    Item after = after(change, before, before.item().orElse(change.keyItem()));
    Write write = new Write.Put(key, ItemEncoding.encode(after));
    return ItemChange.of(table, before, Optional.of(after), key, write);
  }

  /** The size is told before the condition, everything else that an update meets after it. */
  private Item after(Effect.Change change, StoredItem before, Item basis) {
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
