package org.ostraka.model;

import java.util.List;

/**
 * The attributes of an item that an index stores besides the keys. Immutable.
 *
 * @param nonKeyAttributes the attributes that INCLUDE names; none for the other types
 */
public record IndexProjection(Type type, List<String> nonKeyAttributes) {
  public IndexProjection {
    nonKeyAttributes = List.copyOf(nonKeyAttributes);
  }

  /** The types of projections, in the words of the API. */
  public enum Type {
    ALL,
    KEYS_ONLY,
    INCLUDE
  }
}
