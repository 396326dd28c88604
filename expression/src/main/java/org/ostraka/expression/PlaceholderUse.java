package org.ostraka.expression;

import java.util.Set;

/** The placeholders that an expression uses, for names and for values. Immutable. */
public record PlaceholderUse(Set<String> names, Set<String> values) {
  public PlaceholderUse {
    names = Set.copyOf(names);
    values = Set.copyOf(values);
  }
}
