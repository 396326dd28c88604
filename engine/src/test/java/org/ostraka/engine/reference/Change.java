package org.ostraka.engine.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeAction;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.operation.AttributeUpdate;

/**
 * A change of one attribute, which both request forms can say. Immutable.
 *
 * @param value what is put, added or deleted; absent to remove the attribute
 */
record Change(String attribute, AttributeAction action, Optional<AttributeValue> value) {
  private static final int MAX_DIGITS = 38;

  /** That the change can do nothing with the item's value: its type, or a sum too long. */
  static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** The attribute's value afterwards, if it has one. */
  Optional<AttributeValue> apply(Optional<AttributeValue> before) {
    return switch (action) {
      case PUT -> value;
      case ADD -> Optional.of(before.isEmpty() ? value.orElseThrow() : sum(before.get()));
      case DELETE -> value.isEmpty() ? value : before.flatMap(this::rest);
    };
  }

  private AttributeValue sum(AttributeValue before) {
    AttributeValue more = value.orElseThrow();
    if (before instanceof AttributeValue.N(BigDecimal a)
        && more instanceof AttributeValue.N(BigDecimal b)) {
      BigDecimal sum = a.add(b).stripTrailingZeros();
      if (sum.precision() > MAX_DIGITS) {
        throw new Mismatch();
      }
      return new AttributeValue.N(sum);
    }
    if (before instanceof AttributeValue.SS a && more instanceof AttributeValue.SS b) {
      Set<String> all = new LinkedHashSet<>(a.values());
      all.addAll(b.values());
      return new AttributeValue.SS(all);
    }
    throw new Mismatch();
  }

  private Optional<AttributeValue> rest(AttributeValue before) {
    if (before instanceof AttributeValue.SS a
        && value.orElseThrow() instanceof AttributeValue.SS b) {
      List<String> rest = new ArrayList<>(a.values());
      rest.removeAll(b.values());
      return rest.isEmpty()
          ? Optional.empty()
          : Optional.of(new AttributeValue.SS(new LinkedHashSet<>(rest)));
    }
    throw new Mismatch();
  }

  /** The word that begins the section of an UpdateExpression for such changes. */
  String section() {
    return switch (action) {
      case PUT -> "SET";
      case ADD -> "ADD";
      case DELETE -> value.isEmpty() ? "REMOVE" : "DELETE";
    };
  }

  String clause(Phrases phrases) {
    String name = phrases.name(attribute);
    String operand = value.map(phrases::value).orElse("");
    return name + (action == AttributeAction.PUT ? " = " : " ") + operand;
  }

  AttributeUpdate older() {
    @Nullable AttributeValue operand = value.orElse(null);
    return new AttributeUpdate(operand, action);
  }
}
