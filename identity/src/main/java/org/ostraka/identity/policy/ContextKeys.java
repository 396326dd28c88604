package org.ostraka.identity.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Condition keys with their values, by name. Immutable. */
public final class ContextKeys implements RequestContext {
  private final Map<String, List<String>> byKey = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public ContextKeys(Map<String, List<String>> byKey) {
    byKey.forEach((key, values) -> this.byKey.put(key, List.copyOf(values)));
  }

  @Override
  public Optional<List<String>> values(String key) {
    return Optional.ofNullable(byKey.get(key));
  }
}
