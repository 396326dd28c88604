package org.ostraka.engine.condition;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ostraka.model.Tags;

/**
 * The condition keys of the tags in a request: {@code aws:RequestTag} and {@code aws:TagKeys} in
 * "AWS global condition context keys". Stateless.
 */
public final class TagConditions {
  private TagConditions() {}

  /** Returns the keys, in lower case, of a request that adds tags. */
  public static Map<String, List<String>> of(Tags added) {
    Map<String, List<String>> keys = new HashMap<>(ofKeys(added.byKey().keySet()));
    added
        .byKey()
        .forEach((key, value) ->
            keys.merge("aws:requesttag/" + lower(key), List.of(value), TagConditions::both));
    return keys;
  }

  /** Returns the keys, in lower case, of the tags that a table has. */
  public static Map<String, List<String>> ofResource(Tags tags) {
    Map<String, List<String>> keys = new HashMap<>();
    tags.byKey()
        .forEach((key, value) ->
            keys.merge("aws:resourcetag/" + lower(key), List.of(value), TagConditions::both));
    return keys;
  }

  /** Conditions compare keys without case, so that tags which differ in it are one key. */
  private static List<String> both(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static String lower(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  /** Returns the keys of a request that removes tags. */
  public static Map<String, List<String>> ofKeys(Collection<String> removed) {
    return removed.isEmpty() ? Map.of() : Map.of("aws:tagkeys", List.copyOf(removed));
  }
}
