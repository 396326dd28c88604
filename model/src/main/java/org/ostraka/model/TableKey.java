package org.ostraka.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A table's primary key: a partition key, alone or with a sort key. Immutable. */
public record TableKey(AttributeDefinition partition, Optional<AttributeDefinition> sort) {
  /** One or two key attributes, the partition key first. */
  public List<AttributeDefinition> attributes() {
    return Stream.concat(Stream.of(partition), sort.stream()).toList();
  }
}
