package org.ostraka.engine.item;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.capacity.Headroom;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.load.Allowance;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Projection;
import org.ostraka.expression.partiql.SelectList;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableKey;
import org.ostraka.model.Traffic;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;

/**
 * A read of one item. Immutable.
 *
 * @param room the room that the table has for the read
 * @param parts selects the wanted parts of the item; absent when the whole item is wanted
 */
public record ItemRead(
    TableArn table, RowKey key, Headroom room, Optional<UnaryOperator<Item>> parts) {

  /**
   * Makes the read of the item with a key.
   *
   * @throws org.ostraka.model.error.ValidationException when the key does not fit the table, or the
   *     projection has a path into a key attribute
   */
  public static ItemRead of(TableUse table, Item keyItem, Optional<Projection> projection) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    projection.ifPresent(wanted -> refuseWithinKey(wanted, table.key()));
    return new ItemRead(table.arn(), key, table.headroom(), projection.map(wanted -> wanted::of));
  }

  /** Makes the read of a SELECT for the item with a key; see the other method. */
  public static ItemRead of(TableUse table, Item keyItem, SelectList list) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    return new ItemRead(
        table.arn(),
        key,
        table.headroom(),
        list.isEverything() ? Optional.empty() : Optional.of(list::of));
  }

  /**
   * Refuses the read when the table has no room for it.
   *
   * @throws org.ostraka.model.error.ThrottledException when it has none
   */
  public void requireRoom() {
    room.require(Traffic.READ, Optional.empty(), Optional.of(key.partition()));
  }

  /** Charges the table for what the read has found. */
  public void charge(Meter meter, Found found, boolean consistent) {
    meter.charge(table, found.units(consistent));
    load(meter, found.units(consistent));
  }

  /** Notes the partition that provided the read. */
  public void load(Meter meter, double units) {
    meter.load(
        new Load(
            table,
            Traffic.READ,
            Optional.empty(),
            Optional.of(key.partition()),
            Optional.of(key.sort()),
            units));
  }

  /** Returns what the read finds in the item's row. */
  public Found found(Optional<Row> row) {
    return new Found(row, parts);
  }

  /** The result of a read. The item stays as it is stored until it is asked for. Immutable. */
  public record Found(Optional<Row> row, Optional<UnaryOperator<Item>> parts) {
    /** Returns the size of the whole item; 0 when there is none. */
    public int sizeBytes() {
      return row.map(Row::value).map(ItemEncoding::sizeBytes).orElse(0);
    }

    /** Returns the number of bytes of the item's row. */
    public int rowBytes() {
      return row.map(Row::value).map(Bytes::sizeBytes).orElse(0);
    }

    /** Returns whether the whole item is wanted. */
    public boolean isWhole() {
      return parts.isEmpty();
    }

    /**
     * Returns the wanted parts of the item, as stored; empty when there is no item.
     *
     * @throws org.ostraka.engine.load.TooMuchWorkException when selecting them is too much work for
     *     this thread
     */
    public Optional<Item> item(Allowance allowance) {
      return row.map(Row::value).map(stored -> wanted(stored, allowance));
    }

    private Item wanted(Bytes stored, Allowance allowance) {
      if (parts.isEmpty()) {
        return ItemEncoding.ofStored(stored);
      }
      allowance.compute(ItemEncoding.work(stored));
      return ItemEncoding.parts(stored, parts.get());
    }

    /** Returns the read units that the read costs. */
    public double units(boolean consistent) {
      return CapacityUnits.read(sizeBytes(), consistent);
    }
  }

  private static void refuseWithinKey(Projection projection, TableKey key) {
    KeyAttributeRules.refuseNested(
        projection.paths().stream(),
        key.attributes().stream().map(AttributeDefinition::name).toList());
  }
}
