package org.ostraka.model;

import java.util.List;

/**
 * Which attributes of an item an index has besides the keys. Immutable.
 *
 * @param nonKeyAttributes the attributes that INCLUDE names; none for the other types
 */
public record IndexProjection(Type type, List<String> nonKeyAttributes) {
  public IndexProjection {
    nonKeyAttributes = List.copyOf(nonKeyAttributes);
  }

  /** In the words of the API. */
  public enum Type {
    ALL,
    KEYS_ONLY,
    INCLUDE
  }
}
