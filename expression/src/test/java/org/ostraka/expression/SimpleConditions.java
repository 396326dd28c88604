package org.ostraka.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/** Conditions once more, written to be read and not to be fast; for tests. */
final class SimpleConditions {
  private SimpleConditions() {}

  static boolean holds(Condition condition, Item item) {
    return switch (condition) {
      case Condition.And and -> and.conditions().stream().allMatch(c -> holds(c, item));
      case Condition.Or or -> or.conditions().stream().anyMatch(c -> holds(c, item));
      case Condition.Not not -> !holds(not.condition(), item);
      case Condition.Compare c -> compare(c, item);
      case Condition.Between b ->
          holds(
              new Condition.And(
                  List.of(
                      new Condition.Compare(Comparison.LESS_OR_EQUAL, b.lower(), b.operand()),
                      new Condition.Compare(Comparison.GREATER_OR_EQUAL, b.upper(), b.operand()))),
              item);
      case Condition.In in ->
          in.candidates().stream()
              .anyMatch(c -> holds(new Condition.Compare(Comparison.EQUAL, in.operand(), c), item));
      case Condition.AttributeExists e -> e.path().find(item).isPresent();
      case Condition.AttributeNotExists e -> e.path().find(item).isEmpty();
      case Condition.HasType t ->
          t.path().find(item).map(AttributeType::of).equals(Optional.of(t.type()));
      case Condition.BeginsWith b -> startsWith(value(b.operand(), item), value(b.prefix(), item));
      case Condition.Contains c -> contains(value(c.operand(), item), value(c.element(), item));
    };
  }

  private static Optional<AttributeValue> value(Operand operand, Item item) {
    return switch (operand) {
      case Operand.Attribute a -> a.path().find(item);
      case Operand.Literal literal -> Optional.of(literal.value());
      case Operand.Size size -> value(size.of(), item).flatMap(SimpleConditions::size);
      case Operand.Truth truth -> Optional.of(Values.bool(holds(truth.of(), item)));
    };
  }

  private static Optional<AttributeValue> size(AttributeValue value) {
    int size =
        switch (AttributeType.of(value)) {
          case S -> ((AttributeValue.S) value).value().length();
          case B -> ((AttributeValue.B) value).value().array().length;
          case L -> ((AttributeValue.L) value).values().size();
          case M -> ((AttributeValue.M) value).values().size();
          case SS -> ((AttributeValue.SS) value).values().size();
          case NS -> ((AttributeValue.NS) value).values().size();
          case BS -> ((AttributeValue.BS) value).values().size();
          case N, BOOL, NULL -> -1;
        };
    return size < 0 ? Optional.empty() : Optional.of(Values.n(Integer.toString(size)));
  }

  private static boolean compare(Condition.Compare compare, Item item) {
    Optional<AttributeValue> left = value(compare.left(), item);
    Optional<AttributeValue> right = value(compare.right(), item);
    boolean equal = left.isPresent() && left.equals(right);
    boolean comparable =
        left.isPresent()
            && right.isPresent()
            && AttributeType.of(left.get()) == AttributeType.of(right.get())
            && AttributeType.of(left.get()).isOrdered();
    boolean less = comparable && less(left.get(), right.get());
    boolean greater = comparable && less(right.get(), left.get());
    return switch (compare.comparison()) {
      case EQUAL -> equal;
      case NOT_EQUAL -> !equal;
      case LESS -> less;
      case LESS_OR_EQUAL -> less || (comparable && equal);
      case GREATER -> greater;
      case GREATER_OR_EQUAL -> greater || (comparable && equal);
    };
  }

  private static boolean less(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.N a && right instanceof AttributeValue.N b) {
      return a.value().subtract(b.value()).signum() < 0;
    }
    return Arrays.compareUnsigned(bytes(left), bytes(right)) < 0;
  }

  private static byte[] bytes(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S s -> s.value().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      case AttributeValue.B b -> b.value().array();
      default -> throw new IllegalArgumentException("neither text nor binary");
    };
  }

  private static boolean startsWith(
      Optional<AttributeValue> value, Optional<AttributeValue> prefix) {
    if (!sameTextOrBinary(value, prefix)) {
      return false;
    }
    return latin(value.get()).startsWith(latin(prefix.get()));
  }

  private static boolean contains(
      Optional<AttributeValue> value, Optional<AttributeValue> element) {
    if (sameTextOrBinary(value, element)) {
      return latin(value.get()).contains(latin(element.get()));
    }
    return element.isPresent()
        && value
            .map(v ->
                switch (v) {
                  case AttributeValue.SS set ->
                      set.values().stream().map(Values::s).anyMatch(element.get()::equals);
                  case AttributeValue.NS set ->
                      set.values().stream()
                          .map(AttributeValue.N::new)
                          .anyMatch(element.get()::equals);
                  case AttributeValue.BS set ->
                      set.values().stream()
                          .map(AttributeValue.B::new)
                          .anyMatch(element.get()::equals);
                  case AttributeValue.L list -> list.values().contains(element.get());
                  default -> false;
                })
            .orElse(false);
  }

  private static boolean sameTextOrBinary(
      Optional<AttributeValue> left, Optional<AttributeValue> right) {
    return left.isPresent()
        && right.isPresent()
        && left.get().getClass() == right.get().getClass()
        && (left.get() instanceof AttributeValue.S || left.get() instanceof AttributeValue.B);
  }

  private static String latin(AttributeValue value) {
    return new String(bytes(value), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
