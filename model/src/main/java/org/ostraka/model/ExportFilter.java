package org.ostraka.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The items and attributes that an export is to have, as expressions ("Filtering a table export" in
 * the Developer Guide). Immutable.
 *
 * @param keyCondition which keys; absent for all
 * @param filter which items; absent for all
 * @param projection which attributes; absent for all
 * @param names what the placeholders of names stand for; absent when none are given
 * @param values what the placeholders of values stand for; absent when none are given
 */
public record ExportFilter(
    Optional<String> keyCondition,
    Optional<String> filter,
    Optional<String> projection,
    Optional<Map<String, String>> names,
    Optional<Map<String, AttributeValue>> values) {
  public ExportFilter {
    names = names.map(LinkedHashMap::new);
    values = values.map(LinkedHashMap::new);
  }

  /** Returns whether it says nothing. */
  public boolean isEmpty() {
    return keyCondition.isEmpty()
        && filter.isEmpty()
        && projection.isEmpty()
        && names.isEmpty()
        && values.isEmpty();
  }
}
