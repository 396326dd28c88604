package org.ostraka.model;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A secondary index of a table. Immutable.
 *
 * <p>"Improving data access with secondary indexes" in the Developer Guide.
 */
public sealed interface Index permits LocalIndex, GlobalIndex {
  IndexName name();

  IndexKey key();

  IndexProjection projection();

  /** The attributes that the index has of each item; nothing for all of them. */
  default Optional<Set<String>> attributes(TableKey table) {
    if (projection().type() == IndexProjection.Type.ALL) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>(projection().nonKeyAttributes());
    table.attributes().forEach(attribute -> names.add(attribute.name()));
    key().attributes().forEach(attribute -> names.add(attribute.name()));
    return Optional.of(names);
  }

  /** Whether the index can be read, and its key is required of items that are written. */
  boolean serves();

  /**
   * Whether the index has an item: that it has all attributes of the index's key, and that they are
   * fit for it, which those of an item that is older than the index need not be.
   */
  default boolean holds(Item item) {
    return key().isOf(item);
  }

  /** What the index has of an item. */
  default Item entry(TableKey table, Item item) {
    return attributes(table).map(item::only).orElse(item);
  }
}
