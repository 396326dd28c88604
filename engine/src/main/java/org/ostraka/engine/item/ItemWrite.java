package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expiry.entry.ExpiryChange;
import org.ostraka.engine.expiry.entry.ExpiryTime;
import org.ostraka.engine.index.entry.IndexChange;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.engine.load.Allowance;
import org.ostraka.expression.Condition;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Update;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.ItemSize;
import org.ostraka.model.Limits;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.DuplicateItemException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/**
 * A write of one item that is ready to be decided: the item's row, and how the write changes
 * whatever is stored there. Immutable; valid as long as the table's use.
 */
public final class ItemWrite {
  private final TableUse table;
  private final RowKey key;
  private final Optional<ItemCollection> collection;
  private final Kind kind;
  private final ConditionCheck check;
  private final ReturnedImage image;
  private final Optional<Tombstone> tombstone;

  private ItemWrite(
      TableUse table,
      RowKey key,
      Optional<ItemCollection> collection,
      Kind kind,
      ConditionCheck check,
      ReturnedImage image) {
    this.table = table;
    this.key = key;
    this.collection = collection;
    this.kind = kind;
    this.check = check;
    this.image = image;
    this.tombstone = table.tombstones().map(space -> Tombstone.of(space, key));
  }

  /** The kinds of writes. */
  private sealed interface Kind {
    record Put(Item item, Write.Put write) implements Kind {}

    record Insert(Item item, Write.Put write) implements Kind {}

    record Delete(Write write) implements Kind {}

    /** Deletes an item that expires at a time, if it still does. */
    record Expire(Write write, String attributeName, long seconds) implements Kind {}

    record Check() implements Kind {}

    record Change(Item keyItem, Optional<Update> update, SizeRule sizes) implements Kind {}

    /** Makes the item what it was in another region; its bytes are stored as they came. */
    record Replicate(Version version, Item keyItem, Optional<Bytes> item) implements Kind {}

    /** Makes the item what it was, whatever it is. */
    record Restore(Item keyItem, Optional<Item> item) implements Kind {}
  }

  /** The sizes that are limited for an update. */
  private enum SizeRule {
    /** The item's size, and the size of the update itself. */
    ALONE,
    /** The item's size only: the rule within transactions and for statements. */
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
    return of(table, write.key(), item, new Kind.Put(item, write), check, image);
  }

  /** Makes a put that requires that there is no item yet; see {@link #put}. */
  public static ItemWrite insert(TableUse table, Item item) {
    Write.Put write = fitting(table, item);
    return of(
        table,
        write.key(),
        item,
        new Kind.Insert(item, write),
        ConditionCheck.NONE,
        ReturnedImage.NONE);
  }

  private static ItemWrite of(
      TableUse table, RowKey key, Item item, Kind kind, ConditionCheck check, ReturnedImage image) {
    return new ItemWrite(table, key, ItemCollection.of(table, key, item), kind, check, image);
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

  /**
   * Returns the write of an item that was sent as a whole; refuses an item that does not fit the
   * table.
   */
  private static Write.Put fitting(TableUse table, Item item) {
    RowKey key = ItemKey.ofItem(table.items(), table.key(), item);
    IndexKeyRules.requireSent(table, item);
    // Nobody has reserved memory for a copy of an item that is too large by far.
    requireSize(ItemSize.least(item.attributes()));
    Bytes encoded = ItemEncoding.encode(item);
    requireSize(
        ItemEncoding.sizeBytes(encoded)
            + IndexKeyRules.localEntriesBytes(table.indexes(), table.key(), item));
    return new Write.Put(key, encoded);
  }

  /** Makes a deletion; see {@link #put}. */
  public static ItemWrite delete(
      TableUse table, Item keyItem, ConditionCheck check, ReturnedImage image) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return of(table, key, keyItem, new Kind.Delete(new Write.Delete(key)), check, image);
  }

  /**
   * Makes the deletion of an item that has expired. It deletes nothing when the item expires at
   * another time by now.
   *
   * @param attributeName the attribute that has the time
   * @param seconds the time at which the item is to expire
   */
  public static ItemWrite expire(TableUse table, Item keyItem, String attributeName, long seconds) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return of(
        table,
        key,
        keyItem,
        new Kind.Expire(new Write.Delete(key), attributeName, seconds),
        ConditionCheck.NONE,
        ReturnedImage.NONE);
  }

  /**
   * Makes an update.
   *
   * @param update the changes; absent when the write only makes sure that there is an item
   * @throws ValidationException when the key does not fit the table, or the update would change it
   */
  public static ItemWrite update(
      TableUse table,
      Item keyItem,
      Optional<Update> update,
      ConditionCheck check,
      ReturnedImage image) {
    return update(table, keyItem, update, check, image, SizeRule.ALONE);
  }

  /** Makes an update for which only the item's size is limited; see {@link #update}. */
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
    return of(table, key, keyItem, new Kind.Change(keyItem, update, sizes), check, image);
  }

  /** Makes a check of the item's condition that writes nothing; see {@link #put}. */
  public static ItemWrite conditionCheck(TableUse table, Item keyItem, ConditionCheck check) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return new ItemWrite(table, key, Optional.empty(), new Kind.Check(), check, ReturnedImage.NONE);
  }

  /**
   * Makes the write of a change that was made in another region. It is applied only if its version
   * is greater than that of the item, or of the tombstone that the item left; no condition and no
   * limit is judged.
   *
   * @param version the version that the change has where it was made
   * @param item the item as the change left it, as stored; absent when it was deleted
   */
  public static ItemWrite replicate(
      TableUse table, Version version, Item keyItem, Optional<Bytes> item) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return of(
        table,
        key,
        keyItem,
        new Kind.Replicate(version, keyItem, item),
        ConditionCheck.NONE,
        ReturnedImage.NONE);
  }

  /**
   * Makes the write that restores an item: no condition and no limit is judged, since the item was
   * in a table before.
   *
   * @param item the item as it was; absent when there was none
   */
  public static ItemWrite restore(TableUse table, Item keyItem, Optional<Item> item) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return of(
        table,
        key,
        keyItem,
        new Kind.Restore(keyItem, item),
        ConditionCheck.NONE,
        ReturnedImage.NONE);
  }

  /** Returns whether the change was made before, in another region or table: it is not refused. */
  boolean isReplicated() {
    return kind instanceof Kind.Replicate || kind instanceof Kind.Restore;
  }

  /** Returns the region of the table, which is part of the version of what is written. */
  Origin origin() {
    return table.origin();
  }

  /** Returns the item's table. */
  public TableArn table() {
    return table.arn();
  }

  /** Returns the guards of a decision on the write: its table must still be as it is known here. */
  List<Guard> guards() {
    return table.guards();
  }

  /** Returns the item's row. */
  public RowKey key() {
    return key;
  }

  /** Returns the size of the item that was sent; 0 when the request has no item. */
  int sentBytes() {
    return switch (kind) {
      case Kind.Put(Item item, Write _) -> item.sizeBytes();
      case Kind.Insert(Item item, Write _) -> item.sizeBytes();
      case Kind.Delete _,
          Kind.Expire _,
          Kind.Check _,
          Kind.Change _,
          Kind.Replicate _,
          Kind.Restore _ ->
          0;
    };
  }

  /** Returns the rows that a decision has to declare. */
  List<RowKey> keys() {
    if (collection.isEmpty() && tombstone.isEmpty()) {
      return List.of(key);
    }
    List<RowKey> keys = new ArrayList<>();
    keys.add(key);
    collection.ifPresent(measured -> keys.add(measured.row()));
    tombstone.ifPresent(left -> keys.add(left.row()));
    return keys;
  }

  /** Returns the greatest number of rows and log records that the write can change. */
  int maxWrites() {
    // The item, its tombstone, its collection and the record; the old and the new row of each
    // index and of its expiry time.
    return 4 + 2 * table.indexes().size() + (table.timeToLive().isPresent() ? 2 : 0);
  }

  /**
   * Returns the item's collection; empty for a condition check, and when the table does not measure
   * its collections.
   */
  Optional<ItemCollection> collection() {
    return collection;
  }

  /**
   * Decides the write and returns its change, without the change of its item's collection. Pure.
   *
   * @throws org.ostraka.model.error.ConditionalCheckFailedException when its condition does not
   *     hold
   * @throws DuplicateItemException when an insert finds an item
   * @throws ValidationException when the write cannot be applied to the item
   */
  ItemChange decide(CurrentRows rows, Allowance allowance) {
    Optional<Row> row = rows.row(key);
    row.ifPresent(read -> allowance.found(key, read.value().sizeBytes()));
    CurrentItem current =
        new CurrentItem(row.map(Row::value), new ItemWork(allowance, expressions()));
    return switch (kind) {
      case Kind.Put(Item item, Write.Put write) -> {
        check.require(current);
        yield becomes(current, item, write);
      }
      case Kind.Insert(Item item, Write.Put write) -> {
        if (current.exists()) {
          throw new DuplicateItemException();
        }
        yield becomes(current, item, write);
      }
      case Kind.Delete(Write write) -> {
        check.require(current);
        yield current.exists() ? goes(current, write) : unchanged(current);
      }
      case Kind.Expire(Write write, String attributeName, long seconds) -> {
        boolean expires =
            current
                .item()
                .map(item -> ExpiryTime.seconds(item, attributeName))
                .equals(Optional.of(OptionalLong.of(seconds)));
        yield expires ? goes(current, write) : unchanged(current);
      }
      case Kind.Check() -> {
        check.require(current);
        yield unchanged(current);
      }
      case Kind.Change change -> changed(current, change);
      case Kind.Replicate change -> replicated(rows, row, current, change);
      case Kind.Restore(_, Optional<Item> item) -> restored(current, item);
    };
  }

  private ItemChange replicated(
      CurrentRows rows, Optional<Row> row, CurrentItem current, Kind.Replicate change) {
    // An item and a tombstone of the same key are never there together.
    Optional<Row> left =
        row.isPresent() ? Optional.empty() : tombstone.flatMap(it -> rows.row(it.row()));
    boolean wins =
        Stream.concat(row.stream(), left.stream())
            .allMatch(known -> known.version().compareTo(change.version()) < 0);
    if (!wins) {
      return unchanged(current);
    }
    ItemChange made =
        change
            .item()
            .map(stored ->
                becomes(current, ItemEncoding.ofStored(stored), new Write.Put(key, stored)))
            .orElseGet(() -> goes(current, new Write.Delete(key)));
    return made.replicated(change.version());
  }

  private ItemChange restored(CurrentItem current, Optional<Item> item) {
    if (item.isPresent()) {
      return becomes(current, item.get(), new Write.Put(key, ItemEncoding.encode(item.get())));
    }
    return current.exists() ? goes(current, new Write.Delete(key)) : unchanged(current);
  }

  private ItemChange becomes(CurrentItem current, Item item, Write.Put write) {
    return changed(
        current,
        StoredItem.ofSize(ItemEncoding.sizeBytes(write.value())),
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

  /** Counts the change once it is committed. */
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
   * @throws ApiException when the write is refused; then nothing is written
   */
  public ItemChange apply(Store store, Conflicts conflicts, Allowance allowance, Meter meter) {
    conflicts.refuse(key);
    List<ItemWrites.Outcome> outcomes = new ArrayList<>();
    ItemWrites.applyEach(store, Conflicts.NONE, List.of(this), allowance, outcomes::addAll);
    return switch (outcomes.getFirst()) {
      case ItemWrites.Outcome.Done(ItemChange change) -> {
        capacity().charge(meter, change);
        yield change;
      }
      case ItemWrites.Outcome.Refused(ApiException reason, double units) -> {
        capacity().chargeRefused(meter, units);
        throw reason;
      }
    };
  }

  /** Returns the capacity that the write needs. */
  public WriteCapacity capacity() {
    return new WriteCapacity(table, key);
  }

  /** Returns the number of comparisons, functions and actions to evaluate on the item. */
  private int expressions() {
    int actions =
        kind instanceof Kind.Change change
            ? change.update().map(update -> update.actions().size()).orElse(0)
            : 0;
    return actions + check.condition().map(Condition::size).orElse(0);
  }

  private ItemChange changed(CurrentItem before, Kind.Change change) {
    Optional<Update> update = change.update();
    if (!before.exists() && !update.map(Update::makesItem).orElse(true)) {
      check.require(before);
      return unchanged(before);
    }
    Item after = after(change, before, before.item().orElse(change.keyItem()));
    return becomes(before, after, new Write.Put(key, ItemEncoding.encode(after)));
  }

  /** Returns the change with the write of the item's own row and the writes that follow from it. */
  private ItemChange changed(
      CurrentItem before,
      StoredItem after,
      Optional<Item> item,
      Optional<Bytes> written,
      Write write) {
    boolean stays = table.changes().isPresent() && before.stays(item, written);
    if (stays && !isReplicated()) {
      // Other regions do not hear of it, so the item's version must not change either.
      return ItemChange.none(before.summary(), image(before, item, written));
    }
    // Indexes need the old item: it says where their old rows are.
    List<IndexChange> indexes =
        table.indexes().isEmpty() ? List.of() : IndexChange.of(table, key, before.item(), item);
    List<Write> writes = new ArrayList<>();
    writes.add(write);
    indexes.forEach(change -> writes.addAll(change.writes()));
    if (table.timeToLive().isPresent()) {
      writes.addAll(ExpiryChange.of(table, key, before.item(), item));
    }
    tombstone.ifPresent(left -> {
      if (item.isEmpty()) {
        writes.add(left.left(keyItem(before, item)));
      } else if (!before.exists()) {
        writes.add(left.removed());
      }
    });
    if (table.changes().isPresent() && !stays) {
      writes.add(record(table.changes().get(), before, item, written));
    }
    return new ItemChange(
        before.summary(), after, image(before, item, written), writes, indexes, 0);
  }

  /** Returns the record of a change in the table's log. */
  private Write record(
      ChangeLog log, CurrentItem before, Optional<Item> after, Optional<Bytes> written) {
    ChangeRecord.Kind happened =
        after.isEmpty()
            ? ChangeRecord.Kind.REMOVE
            : before.exists() ? ChangeRecord.Kind.MODIFY : ChangeRecord.Kind.INSERT;
    ChangeRecord record =
        new ChangeRecord(
            table.arn(),
            table.actor(),
            happened,
            ItemEncoding.encode(keyItem(before, after)),
            log.images().hasOld() ? before.stored() : Optional.empty(),
            log.images().hasNew() ? written : Optional.empty());
    return new Write.Append(log.of(key.partition()), record.encoded());
  }

  /** Returns the key of the item, or the key that the write names when there is none. */
  private Item keyItem(CurrentItem before, Optional<Item> after) {
    return kind instanceof Kind.Replicate
        ? named() // as the item has it, which need not be decoded for it
        : after.or(before::item).map(this::keyOf).orElseGet(this::named);
  }

  private Item keyOf(Item item) {
    return ItemKey.within(table.key(), item);
  }

  private Item named() {
    return switch (kind) {
      case Kind.Replicate(_, Item keyItem, _) -> keyItem;
      case Kind.Restore(Item keyItem, _) -> keyItem;
      case Kind.Change(Item keyItem, _, _) -> keyItem;
      case Kind.Put(Item item, _) -> keyOf(item);
      case Kind.Insert(Item item, _) -> keyOf(item);
      case Kind.Delete _, Kind.Expire _, Kind.Check _ ->
          throw new IllegalStateException("nothing is written where there is no item");
    };
  }

  private Optional<Bytes> image(CurrentItem before, Optional<Item> after, Optional<Bytes> written) {
    return switch (image.moment()) {
      case NEVER -> Optional.empty();
      case BEFORE ->
          image.parts().map(parts -> parts(parts, before.item())).orElseGet(before::stored);
      case AFTER -> image.parts().map(parts -> parts(parts, after)).orElse(written);
    };
  }

  /** Returns parts of an item as an image; empty when they have no attributes. */
  private static Optional<Bytes> parts(UnaryOperator<Item> parts, Optional<Item> item) {
    return item.map(parts).filter(part -> !part.attributes().isEmpty()).map(ItemEncoding::encode);
  }

  /**
   * Returns the updated item. Reports an item that is too large before a condition that fails, and
   * every other problem of the update after it.
   */
  private Item after(Kind.Change change, CurrentItem before, Item basis) {
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
