package org.ostraka.engine.encoding;

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
public final class Attributes {
  private final Map<String, AttributeValue> values;

  public Attributes() {
    this(Map.of());
  }

  public Attributes(Map<String, AttributeValue> values) {
    this.values = new LinkedHashMap<>(values);
  }

  public Item item() {
    return new Item(values);
  }

  public Attributes text(String name, String value) {
    return put(name, new AttributeValue.S(value));
  }

  public Attributes number(String name, long value) {
    return put(name, new AttributeValue.N(BigDecimal.valueOf(value)));
  }

  public Attributes numbers(String name, List<Long> list) {
    return put(
        name,
        new AttributeValue.L(
            list.stream()
                .map(each -> (AttributeValue) new AttributeValue.N(BigDecimal.valueOf(each)))
                .toList()));
  }

  public Attributes bytes(String name, Bytes value) {
    return put(name, new AttributeValue.B(value));
  }

  public Attributes flag(String name, boolean value) {
    return put(name, new AttributeValue.Bool(value));
  }

  public Attributes instant(String name, Optional<Instant> value) {
    value.ifPresent(instant -> number(name, instant.toEpochMilli()));
    return this;
  }

  public Attributes instants(String name, List<Instant> list) {
    return put(name, new AttributeValue.L(list.stream().map(Attributes::millis).toList()));
  }

  public Attributes map(String name, Attributes value) {
    return put(name, new AttributeValue.M(value.values));
  }

  public Attributes list(String name, List<Attributes> list) {
    return put(
        name,
        new AttributeValue.L(
            list.stream()
                .map(each -> (AttributeValue) new AttributeValue.M(each.values))
                .toList()));
  }

  public String text(String name) {
    return required(name, AttributeValue.S.class).value();
  }

  public Optional<String> optionalText(String name) {
    return values.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  public long number(String name) {
    return required(name, AttributeValue.N.class).value().longValueExact();
  }

  public OptionalLong optionalNumber(String name) {
    return values.containsKey(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
  }

  /** Returns the numbers of a list; empty when the list is absent. */
  public List<Long> optionalNumbers(String name) {
    return values.containsKey(name)
        ? required(name, AttributeValue.L.class).values().stream()
            .map(value -> cast(value, AttributeValue.N.class).value().longValueExact())
            .toList()
        : List.of();
  }

  public Optional<Bytes> optionalBytes(String name) {
    return values.containsKey(name)
        ? Optional.of(required(name, AttributeValue.B.class).value())
        : Optional.empty();
  }

  public Optional<Boolean> optionalFlag(String name) {
    return values.containsKey(name) ? Optional.of(flag(name)) : Optional.empty();
  }

  public boolean flag(String name) {
    return required(name, AttributeValue.Bool.class).value();
  }

  public Optional<Instant> instant(String name) {
    OptionalLong millis = optionalNumber(name);
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }

  public List<Instant> instants(String name) {
    return required(name, AttributeValue.L.class).values().stream()
        .map(value -> cast(value, AttributeValue.N.class))
        .map(number -> Instant.ofEpochMilli(number.value().longValueExact()))
        .toList();
  }

  /** Returns the instants of a list; empty when the list is absent. */
  public List<Instant> optionalInstants(String name) {
    return values.containsKey(name) ? instants(name) : List.of();
  }

  public Attributes texts(String name, List<String> list) {
    return put(
        name,
        new AttributeValue.L(
            list.stream().map(each -> (AttributeValue) new AttributeValue.S(each)).toList()));
  }

  public List<String> texts(String name) {
    return required(name, AttributeValue.L.class).values().stream()
        .map(value -> cast(value, AttributeValue.S.class).value())
        .toList();
  }

  public Set<String> names() {
    return values.keySet();
  }

  public Attributes map(String name) {
    return new Attributes(required(name, AttributeValue.M.class).values());
  }

  public Optional<Attributes> optionalMap(String name) {
    return values.containsKey(name) ? Optional.of(map(name)) : Optional.empty();
  }

  /** Returns the list; empty when it is absent. */
  public List<Attributes> optionalList(String name) {
    return values.containsKey(name) ? list(name) : List.of();
  }

  public List<Attributes> list(String name) {
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
