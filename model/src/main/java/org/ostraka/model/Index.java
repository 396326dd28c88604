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

  /** Returns the attributes that the index stores of each item; empty for all of them. */
  default Optional<Set<String>> attributes(TableKey table) {
    if (projection().type() == IndexProjection.Type.ALL) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>(projection().nonKeyAttributes());
    table.attributes().forEach(attribute -> names.add(attribute.name()));
    key().attributes().forEach(attribute -> names.add(attribute.name()));
    return Optional.of(names);
  }

  /** Returns whether the index can be read, and its key is checked in items that are written. */
  boolean serves();

  /**
   * Returns whether the index contains an item: whether the item has all attributes of the index's
   * key, with values that are valid for it. Those of an item that is older than the index may be
   * invalid.
   */
  default boolean holds(Item item) {
    return key().isOf(item);
  }

  /** Returns the attributes of an item that the index stores. */
  default Item entry(TableKey table, Item item) {
    return attributes(table).map(item::only).orElse(item);
  }
}
