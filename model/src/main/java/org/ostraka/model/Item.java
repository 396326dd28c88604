package org.ostraka.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Attributes by name, in the order in which they came; equal in any order. Immutable. */
public record Item(Map<String, AttributeValue> attributes) {
  public Item {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** The attribute of this name, if the item has it. */
  public Optional<AttributeValue> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The same item with only those of its top-level attributes that are named. */
  public Item only(Collection<String> names) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>(attributes);
    kept.keySet().retainAll(names);
    return new Item(kept);
  }

  /** The item's size in bytes by the service's formula: see {@link ItemSize}. */
  public int sizeBytes() {
    return ItemSize.ofAttributes(attributes);
  }
}
