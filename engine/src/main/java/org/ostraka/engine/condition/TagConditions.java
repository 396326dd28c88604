package org.ostraka.engine.condition;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            keys.put("aws:requesttag/" + key.toLowerCase(Locale.ROOT), List.of(value)));
    return keys;
  }

  /** Returns the keys of a request that removes tags. */
  public static Map<String, List<String>> ofKeys(Collection<String> removed) {
    return removed.isEmpty() ? Map.of() : Map.of("aws:tagkeys", List.copyOf(removed));
  }
}
