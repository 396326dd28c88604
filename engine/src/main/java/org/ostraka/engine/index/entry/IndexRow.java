package org.ostraka.engine.index.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Item;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.TableKey;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Write;

/**
 * The rows of index entries. Part of the format on disk. Stateless.
 *
 * <p>The row's partition is encoded from the index's partition key. Its sort bytes are the index's
 * sort key, then the table's key, which keeps the rows of items with equal index keys apart.
 */
public final class IndexRow {
  private IndexRow() {}

  /**
   * Returns the row of an item, or of a key that has all attributes of the index's and the table's
   * keys.
   *
   * @param item an item that the index holds
   */
  public static RowKey of(OpenIndex index, TableKey table, Item item) {
    List<AttributeDefinition> sort = new ArrayList<>(index.index().key().sort());
    switch (index.index()) {
      case LocalIndex _ -> sort.addAll(table.sort().stream().toList());
      case GlobalIndex _ -> sort.addAll(table.attributes());
    }
    return new RowKey(
        index.space(),
        KeyEncoding.encode(values(index.index().key().partition(), item)),
        KeyEncoding.encode(values(sort, item)));
  }

  /** Returns the write that stores an item's projected entry in an index. */
  public static Write write(OpenIndex index, TableKey table, RowKey owner, Item entry) {
    return new Write.Derive(
        owner, of(index, table, entry), Optional.of(ItemEncoding.encode(entry)));
  }

  private static List<AttributeValue> values(List<AttributeDefinition> attributes, Item item) {
    return attributes.stream()
        .map(attribute ->
            item.attribute(attribute.name())
                .orElseThrow(() -> new IllegalArgumentException("a key attribute is missing")))
        .toList();
  }
}
