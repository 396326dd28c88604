package org.ostraka.engine.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.operation.Substitutions;

/** Gives placeholders to the names and values of a request's expressions. One thread. */
final class Phrases {
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();

  String name(String attribute) {
    String placeholder = "#" + attribute;
    names.put(placeholder, attribute);
    return placeholder;
  }

  String value(AttributeValue value) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }

  Substitutions substitutions() {
    return new Substitutions(names.isEmpty() ? null : names, values.isEmpty() ? null : values);
  }
}
