package org.ostraka.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An index's key: up to {@link Limits#INDEX_KEY_PARTS} partition key attributes, and none or up to
 * as many sort key attributes. Immutable.
 */
public record IndexKey(List<AttributeDefinition> partition, List<AttributeDefinition> sort) {
  public IndexKey {
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
  }

  /** Returns a table's key as the key of an index. */
  public static IndexKey of(TableKey key) {
    return new IndexKey(List.of(key.partition()), key.sort().stream().toList());
  }

  /**
   * Returns whether an item has all attributes of the key, with values of their types and sizes.
   */
  public boolean isOf(Item item) {
    return isOf(item, partition, Limits.PARTITION_KEY_BYTES)
        && isOf(item, sort, Limits.SORT_KEY_BYTES);
  }

  private static boolean isOf(Item item, List<AttributeDefinition> attributes, int maxBytes) {
    for (AttributeDefinition attribute : attributes) {
      AttributeValue value = item.attributes().get(attribute.name());
      if (value == null || !attribute.type().isOf(value)) {
        return false;
      }
      int bytes = ItemSize.of(value);
      if (bytes == 0 || bytes > maxBytes) {
        return false;
      }
    }
    return true;
  }

  /** Returns all attributes, those of the partition key first. */
  public List<AttributeDefinition> attributes() {
    if (sort.isEmpty()) {
      return partition;
    }
    List<AttributeDefinition> all = new ArrayList<>(partition);
    all.addAll(sort);
    return all;
  }
}
