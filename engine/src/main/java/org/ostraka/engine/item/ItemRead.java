package org.ostraka.engine.item;

import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Projection;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;

/**
 * A reading of one item: where it lies, and what of it is wanted. Immutable.
 *
 * @param projection the parts that are wanted; absent for all of them
 */
public record ItemRead(TableName table, RowKey key, Optional<Projection> projection) {

  /**
   * A reading of the item with a key.
   *
   * @throws org.ostraka.model.error.ValidationException when the key does not fit the table, or the
   *     projection looks within it
   */
  public static ItemRead of(TableUse table, Item keyItem, Optional<Projection> projection) {
    RowKey key = ItemKey.ofKey(table.items(), table.key(), keyItem);
    projection.ifPresent(wanted -> refuseWithinKey(wanted, table.key()));
    return new ItemRead(table.name(), key, projection);
  }

  /** What the row has of the item. */
  public Found found(Optional<Row> row) {
    return new Found(row, projection);
  }

  /** What was found, which stays as it is stored until it is asked for. Immutable. */
  public record Found(Optional<Row> row, Optional<Projection> projection) {
    /** The item's size, all of it, 0 when there is none. */
    public int sizeBytes() {
      return row.map(Row::value).map(ItemEncoding::sizeBytes).orElse(0);
    }

    /** What is wanted of the item, if there is one; as it lies where all of it is. */
    public Optional<Item> item() {
      return row.map(Row::value)
          .map(ItemEncoding::lying)
          .map(item -> projection.map(wanted -> wanted.of(item)).orElse(item));
    }

    /** The read units that this costs. */
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
