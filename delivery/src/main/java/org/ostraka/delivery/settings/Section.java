package org.ostraka.delivery.settings;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ostraka.delivery.json.JsonValue;

/**
 * An object of the configuration while it is read. Each problem is noted, and reading goes on with
 * the default, so that all problems are found at once. One thread.
 */
final class Section {
  private final String place;
  private final Map<String, JsonValue> members;
  private final List<String> problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String place, Map<String, JsonValue> members, List<String> problems) {
    this.place = place;
    this.members = members;
    this.problems = problems;
  }

  /** Makes a section of a value; notes a problem, and is empty, when that is not an object. */
  static Section of(String place, JsonValue value, List<String> problems) {
    if (value instanceof JsonValue.Members object) {
      return new Section(place, object.values(), problems);
    }
    problems.add((place.isEmpty() ? "" : place + ": ") + "must be an object, not " + value.kind());
    return new Section(place, Map.of(), problems);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** Notes a problem of a member. */
  void refuse(String name, String reason) {
    problems.add(within(name) + ": " + reason);
  }

  /** Returns a text, or the empty text when it is missing or none, which is noted. */
  String requiredText(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty() && !has(name)) {
      refuse(name, "is required");
    } else if (text.filter(String::isEmpty).isPresent()) {
      refuse(name, "must not be empty");
    }
    return text.orElse("");
  }

  Optional<String> text(String name) {
    return member(name)
        .flatMap(value -> {
          if (value instanceof JsonValue.Text(String text)) {
            return Optional.of(text);
          }
          refuse(name, "must be a string, not " + value.kind());
          return Optional.empty();
        });
  }

  boolean flag(String name, boolean otherwise) {
    return member(name)
        .map(value -> {
          if (value instanceof JsonValue.Flag(boolean flag)) {
            return flag;
          }
          refuse(name, "must be true or false, not " + value.kind());
          return otherwise;
        })
        .orElse(otherwise);
  }

  int whole(String name, int min, int max, int otherwise) {
    return member(name)
        .map(value -> {
          if (!(value instanceof JsonValue.Numeric(BigDecimal number))) {
            refuse(name, "must be a number, not " + value.kind());
            return otherwise;
          }
          if (number.stripTrailingZeros().scale() > 0
              || number.compareTo(BigDecimal.valueOf(min)) < 0
              || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            refuse(name, "must be a whole number from " + min + " to " + max);
            return otherwise;
          }
          return number.intValueExact();
        })
        .orElse(otherwise);
  }

  /** Returns what a text names; notes a problem when the reading gives nothing. */
  <T> T parsed(String name, T otherwise, String expected, Function<String, Optional<T>> reading) {
    String text = requiredText(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    return reading
        .apply(text)
        .orElseGet(() -> {
          refuse(name, "must be " + expected);
          return otherwise;
        });
  }

  /** Returns the elements of an array with their places; none when it is absent. */
  List<JsonValue> elements(String name, int max) {
    return member(name)
        .map(value -> {
          if (!(value instanceof JsonValue.Elements(List<JsonValue> elements))) {
            refuse(name, "must be an array, not " + value.kind());
            return List.<JsonValue>of();
          }
          if (elements.size() > max) {
            refuse(name, "has at most " + max + " elements");
          }
          return elements;
        })
        .orElse(List.of());
  }

  Optional<Section> section(String name) {
    return member(name).map(value -> of(within(name), value, problems));
  }

  /** Returns all members as texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.keySet().forEach(name -> text(name).ifPresent(text -> texts.put(name, text)));
    return texts;
  }

  /** Makes a section of an element of an array of this one. */
  Section element(String name, int index, JsonValue value) {
    return of(within(name) + "[" + index + "]", value, problems);
  }

  /** Notes the members that nothing has asked for. */
  void refuseUnknown() {
    members.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> refuse(name, "is not a setting; there are " + String.join(", ", known)));
  }

  private Optional<JsonValue> member(String name) {
    known.add(name);
    return Optional.ofNullable(members.get(name));
  }

  private String within(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
