package org.ostraka.expression;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;

/** Values, items and expressions in few words, for tests. */
public final class Values {
  private Values() {}

  public static AttributeValue s(String text) {
    return new AttributeValue.S(text);
  }

  public static AttributeValue n(String number) {
    return new AttributeValue.N(new BigDecimal(number));
  }

  public static AttributeValue b(int... bytes) {
    return new AttributeValue.B(Bytes.of(bytes));
  }

  public static AttributeValue bool(boolean value) {
    return new AttributeValue.Bool(value);
  }

  public static AttributeValue nul() {
    return new AttributeValue.Null();
  }

  public static AttributeValue l(AttributeValue... values) {
    return new AttributeValue.L(List.of(values));
  }

  public static AttributeValue ss(String... texts) {
    return new AttributeValue.SS(new LinkedHashSet<>(List.of(texts)));
  }

  public static AttributeValue ns(String... numbers) {
    LinkedHashSet<BigDecimal> elements = new LinkedHashSet<>();
    for (String number : numbers) {
      elements.add(new BigDecimal(number));
    }
    return new AttributeValue.NS(elements);
  }

  public static AttributeValue bs(int... bytes) {
    LinkedHashSet<Bytes> elements = new LinkedHashSet<>();
    for (int b : bytes) {
      elements.add(Bytes.of(b));
    }
    return new AttributeValue.BS(elements);
  }

  /** A map of names and values by turns. */
  public static AttributeValue m(Object... namesAndValues) {
    return new AttributeValue.M(map(namesAndValues));
  }

  public static Item item(Object... namesAndValues) {
    return new Item(map(namesAndValues));
  }

  /** Names or values by turns with placeholders, which their sign tells apart. */
  public static Placeholders with(Object... placeholdersAndMeanings) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (int i = 0; i < placeholdersAndMeanings.length; i += 2) {
      String placeholder = (String) placeholdersAndMeanings[i];
      if (placeholdersAndMeanings[i + 1] instanceof AttributeValue value) {
        values.put(placeholder, value);
      } else {
        names.put(placeholder, (String) placeholdersAndMeanings[i + 1]);
      }
    }
    return new Placeholders(names, values);
  }

  public static Condition condition(String text, Object... placeholders) {
    return ParsedCondition.parse(ExpressionParameter.CONDITION, text).bind(with(placeholders));
  }

  public static String conditionError(String text, Object... placeholders) {
    return error(() -> condition(text, placeholders)).replace("Invalid ConditionExpression: ", "");
  }

  public static String error(ThrowingCallable call) {
    return Optional.ofNullable(catchThrowableOfType(ValidationException.class, call))
        .map(ValidationException::text)
        .orElse("no error");
  }

  private static Map<String, AttributeValue> map(Object... namesAndValues) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
    }
    return map;
  }
}
