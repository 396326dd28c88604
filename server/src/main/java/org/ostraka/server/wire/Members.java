package org.ostraka.server.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * The members of a structure that a request has, with the types of its {@link Shape}. Immutable.
 *
 * <p>Untyped values do not leave this package: codecs make records of {@code model.operation} from
 * them.
 */
record Members(Map<String, Object> values) {
  @Nullable String text(String name) {
    return (String) values.get(name);
  }

  @Nullable Long whole(String name) {
    return (Long) values.get(name);
  }

  @Nullable Instant moment(String name) {
    return (Instant) values.get(name);
  }

  @Nullable Double real(String name) {
    return (Double) values.get(name);
  }

  @Nullable Boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  @Nullable Members structure(String name) {
    return (Members) values.get(name);
  }

  /** Returns attributes by name, or null. */
  @Nullable Item item(String name) {
    return (Item) values.get(name);
  }

  /** Texts by name, or null. */
  @Nullable Map<String, String> textMap(String name) {
    return byName(name, String.class::cast);
  }

  /** Returns one attribute value, or null. */
  @Nullable AttributeValue value(String name) {
    return (AttributeValue) values.get(name);
  }

  /** Attribute values of a list, or null. */
  @Nullable List<AttributeValue> valueList(String name) {
    List<?> list = (List<?>) values.get(name);
    return list == null ? null : list.stream().map(AttributeValue.class::cast).toList();
  }

  /** Returns structures by name, each converted with {@code making}, or null. */
  <T> @Nullable Map<String, T> structuresByName(String name, Function<Members, T> making) {
    return byName(name, value -> making.apply((Members) value));
  }

  /** Returns a number that constraints keep within four bytes, or null. */
  @Nullable Integer number(String name) {
    Long whole = whole(name);
    return whole == null ? null : Math.toIntExact(whole);
  }

  /** Elements of a list of text, or null. */
  @Nullable List<String> texts(String name) {
    List<?> list = (List<?>) values.get(name);
    return list == null ? null : list.stream().map(String.class::cast).toList();
  }

  /** Returns the elements of a list that are checked one by one; empty when the list is absent. */
  List<InTurn> parts(String name) {
    Object list = values.get(name);
    return list == null ? List.of() : InTurn.listOf(list);
  }

  /**
   * Returns the request's part for each table, in the order of the request, converted with {@code
   * making}.
   */
  <T> List<T> byTable(String name, BiFunction<String, Object, T> making) {
    List<T> made = new ArrayList<>();
    ((Map<?, ?>) values.getOrDefault(name, Map.of()))
        .forEach((table, value) -> made.add(making.apply((String) table, value)));
    return made;
  }

  /** Returns a structure that the constraints require. */
  Members requiredStructure(String name) {
    return present(name, structure(name));
  }

  /** Returns the elements of a list of structures; empty when the list is absent. */
  List<Members> structures(String name) {
    List<?> list = (List<?>) values.get(name);
    return list == null ? List.of() : list.stream().map(Members.class::cast).toList();
  }

  /** Text that the constraints require. */
  String requiredText(String name) {
    return present(name, text(name));
  }

  /** Returns a number that the constraints require. */
  long requiredWhole(String name) {
    return present(name, whole(name));
  }

  /** Attributes that the constraints require. */
  Item requiredItem(String name) {
    return present(name, (Item) values.get(name));
  }

  /** Returns a word of an enum; {@code absent} when it is missing. */
  <E extends Enum<E>> E word(String name, E absent) {
    String text = text(name);
    return text == null ? absent : Enum.valueOf(absent.getDeclaringClass(), text);
  }

  /** Returns a word of an enum, or null. */
  <E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
    String text = text(name);
    return text == null ? null : Enum.valueOf(type, text);
  }

  private <T> @Nullable Map<String, T> byName(String name, Function<Object, T> making) {
    Map<?, ?> map = (Map<?, ?>) values.get(name);
    if (map == null) {
      return null;
    }
    Map<String, T> made = new LinkedHashMap<>();
    map.forEach((key, value) -> made.put((String) key, making.apply(value)));
    return made;
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the constraints let " + name + " be absent");
    }
    return value;
  }
}
