package org.ostraka.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * A document path: a top-level attribute, then names into maps and indexes into lists. Immutable.
 *
 * <p>"Referring to item attributes when using expressions" in the Developer Guide.
 */
public record Path(List<Step> steps) {

  /** One step into a document. */
  public sealed interface Step {
    /** The attribute, or the entry of a map, of this name. */
    record Field(String name) implements Step {}

    /** The element of a list at this index, which counts from 0. */
    record Index(long index) implements Step {
      public Index {
        if (index < 0) {
          throw new IllegalArgumentException("a list's index is not negative");
        }
      }
    }

    /** Returns the step as messages write it. */
    default String text() {
      return switch (this) {
        case Field(String name) -> name;
        case Index(long index) -> "[" + index + "]";
      };
    }
  }

  public Path {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !(steps.getFirst() instanceof Step.Field)) {
      throw new IllegalArgumentException("a path begins with an attribute's name");
    }
  }

  /** Makes the path of nested fields, or of one attribute. */
  public static Path of(String... names) {
    return new Path(Arrays.stream(names).<Step>map(Step.Field::new).toList());
  }

  /** Returns the name of the top-level attribute. */
  public String attribute() {
    return steps.getFirst().text();
  }

  /** Returns whether the path leads into an attribute and not just to it. */
  public boolean isNested() {
    return steps.size() > 1;
  }

  /** Returns the item's value at the path; empty if it is absent. */
  public Optional<AttributeValue> find(Item item) {
    return Optional.ofNullable(lookup(item));
  }

  @Nullable AttributeValue lookup(Item item) {
    return lookup(item.attributes(), steps.size());
  }

  /** Returns the value at the steps before the last, for a nested path; null if it is absent. */
  @Nullable AttributeValue lookupParent(Item item) {
    return lookup(item.attributes(), steps.size() - 1);
  }

  private @Nullable AttributeValue lookup(Map<String, AttributeValue> attributes, int length) {
    AttributeValue value = attributes.get(attribute());
    for (int i = 1; i < length && value != null; i++) {
      value = step(value, steps.get(i));
    }
    return value;
  }

  static @Nullable AttributeValue step(AttributeValue value, Step step) {
    return switch (step) {
      case Step.Field(String name) ->
          value instanceof AttributeValue.M(Map<String, AttributeValue> entries)
              ? entries.get(name)
              : null;
      case Step.Index(long index) ->
          value instanceof AttributeValue.L(List<AttributeValue> elements)
                  && index < elements.size()
              ? elements.get((int) index)
              : null;
    };
  }

  /** Returns the path as the service's messages write it: {@code [a, b, [0]]}. */
  String text() {
    return steps.stream().map(Step::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
