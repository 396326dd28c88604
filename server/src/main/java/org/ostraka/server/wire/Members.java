package org.ostraka.server.wire;

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
 * The members of a structure as a request has them: typed by its {@link Shape}, absent ones
 * missing. Immutable.
 *
 * <p>This is where untyped values end: what leaves this package is a record of {@code
 * model.operation}.
 */
record Members(Map<String, Object> values) {
  @Nullable String text(String name) {
    return (String) values.get(name);
  }

  @Nullable Long whole(String name) {
    return (Long) values.get(name);
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

  /** Attributes by name, or null. */
  @Nullable Item item(String name) {
    return (Item) values.get(name);
  }

  /** Texts by name, or null. */
  @Nullable Map<String, String> textMap(String name) {
    return byName(name, String.class::cast);
  }

  /** One attribute value, or null. */
  @Nullable AttributeValue value(String name) {
    return (AttributeValue) values.get(name);
  }

  /** Attribute values of a list, or null. */
  @Nullable List<AttributeValue> valueList(String name) {
    List<?> list = (List<?>) values.get(name);
    return list == null ? null : list.stream().map(AttributeValue.class::cast).toList();
  }

  /** Structures by name, each made into something, or null. */
  <T> @Nullable Map<String, T> structuresByName(String name, Function<Members, T> making) {
    return byName(name, value -> making.apply((Members) value));
  }

  /** A number whose constraints hold it within four bytes, or null. */
  @Nullable Integer number(String name) {
    Long whole = whole(name);
    return whole == null ? null : Math.toIntExact(whole);
  }

  /** Elements of a list of text, or null. */
  @Nullable List<String> texts(String name) {
    List<?> list = (List<?>) values.get(name);
    return list == null ? null : list.stream().map(String.class::cast).toList();
  }

  /** Elements of a list whose elements are judged one by one; none when the list is absent. */
  List<InTurn> parts(String name) {
    Object list = values.get(name);
    return list == null ? List.of() : InTurn.listOf(list);
  }

  /** What is asked of each table, in the order of the request, made into something. */
  <T> List<T> byTable(String name, BiFunction<String, Object, T> making) {
    List<T> made = new ArrayList<>();
    ((Map<?, ?>) values.getOrDefault(name, Map.of()))
        .forEach((table, value) -> made.add(making.apply((String) table, value)));
    return made;
  }

  /** A structure that the constraints require. */
  Members requiredStructure(String name) {
    return present(name, structure(name));
  }

  /** Elements of a list of structures; none when the list is absent. */
  List<Members> structures(String name) {
    List<?> list = (List<?>) values.get(name);
    return list == null ? List.of() : list.stream().map(Members.class::cast).toList();
  }

  /** Text that the constraints require. */
  String requiredText(String name) {
    return present(name, text(name));
  }

  /** A number that the constraints require. */
  long requiredWhole(String name) {
    return present(name, whole(name));
  }

  /** Attributes that the constraints require. */
  Item requiredItem(String name) {
    return present(name, (Item) values.get(name));
  }

  /** A word of an enum, or what stands for an absent one. */
  <E extends Enum<E>> E word(String name, E absent) {
    String text = text(name);
    return text == null ? absent : Enum.valueOf(absent.getDeclaringClass(), text);
  }

  /** A word of an enum, or null. */
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
