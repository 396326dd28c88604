package org.ostraka.engine.catalogue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;

/**
 * A builder and reader of named attributes. One thread.
 *
 * <p>Reading throws {@link IllegalArgumentException} when an attribute is missing or has another
 * type, and {@link ArithmeticException} when a number is not an integer of eight bytes.
 */
final class Attributes {
  private final Map<String, AttributeValue> values;

  Attributes() {
    this(Map.of());
  }

  Attributes(Map<String, AttributeValue> values) {
    this.values = new LinkedHashMap<>(values);
  }

  Item item() {
    return new Item(values);
  }

  Attributes text(String name, String value) {
    return put(name, new AttributeValue.S(value));
  }

  Attributes number(String name, long value) {
    return put(name, new AttributeValue.N(BigDecimal.valueOf(value)));
  }

  Attributes numbers(String name, List<Long> list) {
    return put(
        name,
        new AttributeValue.L(
            list.stream()
                .map(each -> (AttributeValue) new AttributeValue.N(BigDecimal.valueOf(each)))
                .toList()));
  }

  Attributes bytes(String name, Bytes value) {
    return put(name, new AttributeValue.B(value));
  }

  Attributes flag(String name, boolean value) {
    return put(name, new AttributeValue.Bool(value));
  }

  Attributes instant(String name, Optional<Instant> value) {
    value.ifPresent(instant -> number(name, instant.toEpochMilli()));
    return this;
  }

  Attributes instants(String name, List<Instant> list) {
    return put(name, new AttributeValue.L(list.stream().map(Attributes::millis).toList()));
  }

  Attributes map(String name, Attributes value) {
    return put(name, new AttributeValue.M(value.values));
  }

  Attributes list(String name, List<Attributes> list) {
    return put(
        name,
        new AttributeValue.L(
            list.stream()
                .map(each -> (AttributeValue) new AttributeValue.M(each.values))
                .toList()));
  }

  String text(String name) {
    return required(name, AttributeValue.S.class).value();
  }

  Optional<String> optionalText(String name) {
    return values.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  long number(String name) {
    return required(name, AttributeValue.N.class).value().longValueExact();
  }

  OptionalLong optionalNumber(String name) {
    return values.containsKey(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
  }

  /** Returns the numbers of a list; empty when the list is absent. */
  List<Long> optionalNumbers(String name) {
    return values.containsKey(name)
        ? required(name, AttributeValue.L.class).values().stream()
            .map(value -> cast(value, AttributeValue.N.class).value().longValueExact())
            .toList()
        : List.of();
  }

  Optional<Bytes> optionalBytes(String name) {
    return values.containsKey(name)
        ? Optional.of(required(name, AttributeValue.B.class).value())
        : Optional.empty();
  }

  Optional<Boolean> optionalFlag(String name) {
    return values.containsKey(name) ? Optional.of(flag(name)) : Optional.empty();
  }

  boolean flag(String name) {
    return required(name, AttributeValue.Bool.class).value();
  }

  Optional<Instant> instant(String name) {
    OptionalLong millis = optionalNumber(name);
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }

  List<Instant> instants(String name) {
    return required(name, AttributeValue.L.class).values().stream()
        .map(value -> cast(value, AttributeValue.N.class))
        .map(number -> Instant.ofEpochMilli(number.value().longValueExact()))
        .toList();
  }

  /** Returns the instants of a list; empty when the list is absent. */
  List<Instant> optionalInstants(String name) {
    return values.containsKey(name) ? instants(name) : List.of();
  }

  Attributes texts(String name, List<String> list) {
    return put(
        name,
        new AttributeValue.L(
            list.stream().map(each -> (AttributeValue) new AttributeValue.S(each)).toList()));
  }

  List<String> texts(String name) {
    return required(name, AttributeValue.L.class).values().stream()
        .map(value -> cast(value, AttributeValue.S.class).value())
        .toList();
  }

  Set<String> names() {
    return values.keySet();
  }

  Attributes map(String name) {
    return new Attributes(required(name, AttributeValue.M.class).values());
  }

  Optional<Attributes> optionalMap(String name) {
    return values.containsKey(name) ? Optional.of(map(name)) : Optional.empty();
  }

  /** Returns the list; empty when it is absent. */
  List<Attributes> optionalList(String name) {
    return values.containsKey(name) ? list(name) : List.of();
  }

  List<Attributes> list(String name) {
    return required(name, AttributeValue.L.class).values().stream()
        .map(value -> new Attributes(cast(value, AttributeValue.M.class).values()))
        .toList();
  }

  private static AttributeValue millis(Instant instant) {
    return new AttributeValue.N(BigDecimal.valueOf(instant.toEpochMilli()));
  }

  private Attributes put(String name, AttributeValue value) {
    values.put(name, value);
    return this;
  }

  private <T extends AttributeValue> T required(String name, Class<T> type) {
    return cast(values.get(name), type);
  }

  private static <T extends AttributeValue> T cast(@Nullable AttributeValue value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("an attribute is missing or of another type");
    }
    return type.cast(value);
  }
}
