package org.ostraka.delivery.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;

/**
 * A filter pattern of an event source mapping: an object with the structure of the events that it
 * selects. Each of its fields must match; a field matches when one of its rules does. Immutable.
 *
 * <p>See "Control which events Lambda sends to your function" in the AWS Lambda Developer Guide,
 * and "Comparison operators" in the Amazon EventBridge User Guide.
 */
public final class FilterPattern {
  private static final String OR = "$or";

  private final Node root;

  private FilterPattern(Node root) {
    this.root = root;
  }

  /** What must hold of an object. */
  private record Node(Map<String, Field> fields, List<List<Node>> alternatives) {}

  /** What must hold of one member of an object. */
  private sealed interface Field {}

  /** The member is an object for which this holds, or an array with such an object. */
  private record Inner(Node node) implements Field {}

  /** The member is a value for which one of the rules holds, or an array with such a value. */
  private record Leaf(List<FilterRule> rules) implements Field {}

  /**
   * Makes a pattern of its JSON.
   *
   * @throws JsonSyntaxException when it is not a pattern; the message names the place
   */
  public static FilterPattern of(JsonValue json) {
    if (!(json instanceof JsonValue.Members members)) {
      throw new JsonSyntaxException("a pattern is an object, not " + json.kind());
    }
    return new FilterPattern(node(members, ""));
  }

  /** Returns whether the pattern selects an event. */
  public boolean matches(JsonValue event) {
    return event instanceof JsonValue.Members members && holds(root, members);
  }

  private static Node node(JsonValue.Members members, String place) {
    if (members.values().isEmpty()) {
      throw new JsonSyntaxException(at(place) + "an object of a pattern has at least one field");
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    List<List<Node>> alternatives = new ArrayList<>();
    members
        .values()
        .forEach((name, value) -> {
          if (name.equals(OR) && isListOfObjects(value)) {
            alternatives.add(nodes((JsonValue.Elements) value, place + "." + OR));
          } else {
            fields.put(name, field(value, place + "." + name));
          }
        });
    return new Node(fields, alternatives);
  }

  /** A field may have this name, too: then its value is a list of rules, as of any field. */
  private static boolean isListOfObjects(JsonValue value) {
    return value instanceof JsonValue.Elements elements
        && elements.values().size() > 1
        && elements.values().stream()
            .allMatch(element ->
                element instanceof JsonValue.Members members && !FilterRule.isRule(members));
  }

  private static List<Node> nodes(JsonValue.Elements elements, String place) {
    return elements.values().stream()
        .map(element -> node((JsonValue.Members) element, place))
        .toList();
  }

  private static Field field(JsonValue value, String place) {
    return switch (value) {
      case JsonValue.Members members -> new Inner(node(members, place));
      case JsonValue.Elements elements -> new Leaf(rules(elements, place));
      case JsonValue.Text _, JsonValue.Numeric _, JsonValue.Flag _, JsonValue.Null _ ->
          throw new JsonSyntaxException(
              at(place) + "a field is an object or an array of rules, not " + value.kind());
    };
  }

  private static List<FilterRule> rules(JsonValue.Elements elements, String place) {
    if (elements.values().isEmpty()) {
      throw new JsonSyntaxException(at(place) + "a field has at least one rule");
    }
    return elements.values().stream().map(rule -> FilterRule.of(rule, at(place))).toList();
  }

  private static String at(String place) {
    return place.isEmpty() ? "" : place.substring(1) + ": ";
  }

  private static boolean holds(Node node, JsonValue.Members event) {
    return node.fields().entrySet().stream()
            .allMatch(field -> holds(field.getKey(), field.getValue(), event))
        && node.alternatives().stream()
            .allMatch(any -> any.stream().anyMatch(one -> holds(one, event)));
  }

  private static boolean holds(String name, Field field, JsonValue.Members event) {
    List<JsonValue> values = new ArrayList<>();
    event.member(name).ifPresent(value -> flatten(value, values));
    return switch (field) {
      case Inner inner -> {
        List<JsonValue.Members> objects =
            values.stream()
                .filter(JsonValue.Members.class::isInstance)
                .map(JsonValue.Members.class::cast)
                .toList();
        // Where the object is absent all of its fields are.
        yield objects.isEmpty()
            ? holds(inner.node(), new JsonValue.Members(Map.of()))
            : objects.stream().anyMatch(object -> holds(inner.node(), object));
      }
      case Leaf leaf -> {
        // Only values have a place in the comparison: an object is not one.
        List<JsonValue> leaves =
            values.stream().filter(value -> !(value instanceof JsonValue.Members)).toList();
        yield leaf.rules().stream().anyMatch(rule -> rule.matches(leaves));
      }
    };
  }

  /** Adds the value, or the elements of an array, which may have arrays itself. */
  private static void flatten(JsonValue value, List<JsonValue> to) {
    if (value instanceof JsonValue.Elements elements) {
      elements.values().forEach(element -> flatten(element, to));
    } else {
      to.add(value);
    }
  }
}
