package org.ostraka.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table's tags: their values by their keys, in the order of the keys. Immutable.
 *
 * @param byKey keys and values that the service's rules allow
 */
public record Tags(Map<String, String> byKey) {
  public static final Tags NONE = new Tags(Map.of());

  public Tags {
    SortedMap<String, String> sorted = new TreeMap<>(byKey);
    byKey = Collections.unmodifiableSortedMap(sorted);
  }

  public int size() {
    return byKey.size();
  }

  /** Returns these tags and others; a value of the others replaces one of these. */
  public Tags with(Tags others) {
    Map<String, String> all = new TreeMap<>(byKey);
    all.putAll(others.byKey);
    return new Tags(all);
  }

  /** Returns the tags that have none of these keys. */
  public Tags without(Collection<String> keys) {
    Map<String, String> left = new TreeMap<>(byKey);
    left.keySet().removeAll(keys);
    return new Tags(left);
  }
}
