package org.ostraka.model;

import java.util.List;
import java.util.Optional;

/** A table's primary key: a partition key, alone or with a sort key. Immutable. */
public record TableKey(AttributeDefinition partition, Optional<AttributeDefinition> sort) {
  /** Returns the one or two key attributes, the partition key first. */
  public List<AttributeDefinition> attributes() {
    return sort.map(present -> List.of(partition, present)).orElseGet(() -> List.of(partition));
  }
}
