package org.ostraka.delivery.filter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;

/**
 * One rule for the values of a field. Immutable.
 *
 * <p>Except for absence, a rule is about one value: it matches an array when it matches one of its
 * elements.
 */
sealed interface FilterRule {
  String EXISTS = "exists";
  String ANYTHING_BUT = "anything-but";
  String NUMERIC = "numeric";
  String IGNORING_CASE = "equals-ignore-case";
  String PREFIX = "prefix";
  String SUFFIX = "suffix";
  String WILDCARD = "wildcard";

  /** The names of the rules that are written as an object of one member. */
  Set<String> NAMES =
      Set.of(EXISTS, ANYTHING_BUT, NUMERIC, IGNORING_CASE, PREFIX, SUFFIX, WILDCARD);

  /** Returns whether the rule matches the values that a field has: none, one, or several. */
  boolean matches(List<JsonValue> values);

  /** The field has no value. */
  record Absent() implements FilterRule {
    @Override
    public boolean matches(List<JsonValue> values) {
      return values.isEmpty();
    }
  }

  /** The field has a value of which this is true. */
  record Value(Predicate<JsonValue> test) implements FilterRule {
    @Override
    public boolean matches(List<JsonValue> values) {
      return values.stream().anyMatch(test);
    }
  }

  /** Returns whether an object is written as a rule is. */
  static boolean isRule(JsonValue.Members members) {
    return members.values().size() == 1 && NAMES.containsAll(members.values().keySet());
  }

  /**
   * Reads a rule.
   *
   * @param place starts the messages
   * @throws JsonSyntaxException when it is none
   */
  static FilterRule of(JsonValue json, String place) {
    return switch (json) {
      case JsonValue.Members members -> named(members, place);
      case JsonValue.Elements _ ->
          throw new JsonSyntaxException(place + "a rule is a value or an object, not an array");
      case JsonValue.Text _, JsonValue.Numeric _, JsonValue.Flag _, JsonValue.Null _ ->
          new Value(equal(json));
    };
  }

  private static FilterRule named(JsonValue.Members members, String place) {
    if (members.values().size() != 1) {
      throw new JsonSyntaxException(place + "a rule that is an object has exactly one member");
    }
    Map.Entry<String, JsonValue> only = members.values().entrySet().iterator().next();
    String name = only.getKey();
    JsonValue operand = only.getValue();
    return switch (name) {
      case EXISTS -> exists(operand, place);
      case NUMERIC -> new Value(NumericRange.of(operand, place));
      case ANYTHING_BUT -> new Value(anythingBut(operand, place));
      case IGNORING_CASE, PREFIX, SUFFIX, WILDCARD -> new Value(textual(name, operand, place));
      default -> throw new JsonSyntaxException(place + "there is no rule named " + name);
    };
  }

  private static FilterRule exists(JsonValue operand, String place) {
    if (!(operand instanceof JsonValue.Flag flag)) {
      throw new JsonSyntaxException(place + EXISTS + " is true or false, not " + operand.kind());
    }
    return flag.value() ? new Value(_ -> true) : new Absent();
  }

  private static Predicate<JsonValue> anythingBut(JsonValue operand, String place) {
    return switch (operand) {
      case JsonValue.Text _, JsonValue.Numeric _ -> equal(operand).negate();
      case JsonValue.Elements list -> oneOf(list, place).negate();
      case JsonValue.Members members -> anythingButNamed(members, place).negate();
      case JsonValue.Flag _, JsonValue.Null _ ->
          throw new JsonSyntaxException(
              place + ANYTHING_BUT + " is about strings and numbers, not " + operand.kind());
    };
  }

  private static Predicate<JsonValue> oneOf(JsonValue.Elements list, String place) {
    boolean texts = list.values().stream().allMatch(JsonValue.Text.class::isInstance);
    boolean numbers = list.values().stream().allMatch(JsonValue.Numeric.class::isInstance);
    if (list.values().isEmpty() || !(texts || numbers)) {
      throw new JsonSyntaxException(
          place + ANYTHING_BUT + " has a list of only strings or only numbers");
    }
    return value -> list.values().stream().anyMatch(element -> equal(element).test(value));
  }

  private static Predicate<JsonValue> anythingButNamed(JsonValue.Members members, String place) {
    if (members.values().size() != 1) {
      throw new JsonSyntaxException(place + ANYTHING_BUT + " has exactly one rule");
    }
    Map.Entry<String, JsonValue> only = members.values().entrySet().iterator().next();
    return switch (only.getKey()) {
      case PREFIX, SUFFIX, IGNORING_CASE, WILDCARD ->
          anyTextual(only.getKey(), only.getValue(), place);
      default ->
          throw new JsonSyntaxException(
              place + ANYTHING_BUT + " does not take the rule " + only.getKey());
    };
  }

  /** The operand is one string, or a list of them. */
  private static Predicate<JsonValue> anyTextual(String name, JsonValue operand, String place) {
    if (!(operand instanceof JsonValue.Elements list)) {
      return textual(name, operand, place);
    }
    if (list.values().isEmpty()) {
      throw new JsonSyntaxException(place + name + " has a list of at least one string");
    }
    List<Predicate<JsonValue>> tests =
        list.values().stream().map(element -> textual(name, element, place)).toList();
    return value -> tests.stream().anyMatch(test -> test.test(value));
  }

  private static Predicate<JsonValue> textual(String name, JsonValue operand, String place) {
    if (operand instanceof JsonValue.Members members) {
      return caseless(name, members, place);
    }
    String wanted = text(name, operand, place);
    return switch (name) {
      case PREFIX -> onText(text -> text.startsWith(wanted));
      case SUFFIX -> onText(text -> text.endsWith(wanted));
      case IGNORING_CASE -> onText(text -> fold(text).equals(fold(wanted)));
      case WILDCARD -> onText(Wildcard.of(wanted, place)::matches);
      default -> throw new JsonSyntaxException(place + "there is no rule named " + name);
    };
  }

  /** A prefix or suffix in any case: {@code {"prefix": {"equals-ignore-case": "x"}}}. */
  private static Predicate<JsonValue> caseless(
      String name, JsonValue.Members members, String place) {
    boolean isCaseless = members.values().keySet().equals(Set.of(IGNORING_CASE));
    if (!isCaseless || !Set.of(PREFIX, SUFFIX).contains(name)) {
      throw new JsonSyntaxException(place + name + " is a string, not an object");
    }
    String wanted = fold(text(IGNORING_CASE, members.values().values().iterator().next(), place));
    return name.equals(PREFIX)
        ? onText(text -> fold(text).startsWith(wanted))
        : onText(text -> fold(text).endsWith(wanted));
  }

  private static String text(String name, JsonValue operand, String place) {
    if (operand instanceof JsonValue.Text(String value)) {
      return value;
    }
    throw new JsonSyntaxException(place + name + " is a string, not " + operand.kind());
  }

  private static Predicate<JsonValue> onText(Predicate<String> test) {
    return value -> value instanceof JsonValue.Text(String text) && test.test(text);
  }

  private static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static Predicate<JsonValue> equal(JsonValue wanted) {
    return wanted instanceof JsonValue.Numeric(BigDecimal number)
        ? value ->
            value instanceof JsonValue.Numeric(BigDecimal given) && given.compareTo(number) == 0
        : wanted::equals;
  }
}
