package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Condition;

/** The joining of conditions by AND, and their separation. Stateless. */
final class Conjunction {
  private Conjunction() {}

  /** Returns the conditions that AND joins, however they are grouped. */
  static List<Condition> parts(Optional<Condition> condition) {
    List<Condition> parts = new ArrayList<>();
    condition.ifPresent(whole -> collect(whole, parts));
    return parts;
  }

  private static void collect(Condition condition, List<Condition> parts) {
    if (condition instanceof Condition.And(List<Condition> conditions)) {
      conditions.forEach(part -> collect(part, parts));
    } else {
      parts.add(condition);
    }
  }

  /** Returns all of the conditions joined into one; empty if there are none. */
  static Optional<Condition> of(List<Condition> parts) {
    return switch (parts.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(parts.getFirst());
      default -> Optional.of(new Condition.And(parts));
    };
  }
}
