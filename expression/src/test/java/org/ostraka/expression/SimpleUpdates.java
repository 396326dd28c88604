package org.ostraka.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.AttributeValue;

/** What ADD and DELETE leave, written to be read and not to be fast; for tests. */
final class SimpleUpdates {
  private SimpleUpdates() {}

  static AttributeValue added(AttributeValue current, AttributeValue value) {
    return switch (current) {
      case AttributeValue.N n ->
          new AttributeValue.N(n.value().add(((AttributeValue.N) value).value()));
      case AttributeValue.SS set -> {
        var all = new HashSet<>(set.values());
        all.addAll(((AttributeValue.SS) value).values());
        yield new AttributeValue.SS(all);
      }
      case AttributeValue.NS set -> {
        var all = new HashSet<>(set.values());
        all.addAll(((AttributeValue.NS) value).values());
        yield new AttributeValue.NS(all);
      }
      default -> throw new IllegalArgumentException("nothing can be added to " + current);
    };
  }

  static Optional<AttributeValue> without(AttributeValue current, AttributeValue elements) {
    List<AttributeValue> rest = new ArrayList<>(elementsOf(current));
    rest.removeAll(elementsOf(elements));
    return rest.stream().reduce(SimpleUpdates::joined);
  }

  /** Each element of a set as a set of its own. */
  private static List<AttributeValue> elementsOf(AttributeValue set) {
    return switch (set) {
      case AttributeValue.SS ss -> ss.values().stream().map(text -> Values.ss(text)).toList();
      case AttributeValue.NS ns ->
          ns.values().stream().map(number -> Values.ns(number.toString())).toList();
      default -> throw new IllegalArgumentException("no set: " + set);
    };
  }

  private static AttributeValue joined(AttributeValue one, AttributeValue other) {
    return added(one, other);
  }
}
