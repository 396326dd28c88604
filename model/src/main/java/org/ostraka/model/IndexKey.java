package org.ostraka.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * An index's key: up to {@link Limits#INDEX_KEY_PARTS} attributes for its partitions, and none or
 * up to as many for the order within them. Immutable.
 */
public record IndexKey(List<AttributeDefinition> partition, List<AttributeDefinition> sort) {
  public IndexKey {
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
  }

  /** A table's key, which is an index's as well. */
  public static IndexKey of(TableKey key) {
    return new IndexKey(List.of(key.partition()), key.sort().stream().toList());
  }

  /** All attributes, those of the partition first. */
  public List<AttributeDefinition> attributes() {
    return Stream.concat(partition.stream(), sort.stream()).toList();
  }
}
