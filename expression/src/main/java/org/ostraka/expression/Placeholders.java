package org.ostraka.expression;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ItemSize;
import org.ostraka.model.Utf8;
import org.ostraka.model.error.AttributeNames;
import org.ostraka.model.error.ValidationException;

/**
 * The names and values of the placeholders of a request's expressions: names by {@code #name},
 * values by {@code :name}. Immutable.
 *
 * <p>A placeholder is its sign and then letters, digits and underscores. The texts are those that
 * ExtendDB pull request 181 captured from the service.
 */
public record Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
  /** The placeholders of a request without any. */
  public static final Placeholders NONE = new Placeholders(Map.of(), Map.of());

  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";

  /**
   * Refuses placeholders that are malformed or longer than 255 bytes, and names that are empty or
   * longer than 65,535 bytes.
   *
   * @throws ValidationException with the service's text
   */
  public Placeholders {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    names.forEach(Placeholders::checkName);
    values.keySet().forEach(Placeholders::checkValueKey);
    checkSize(names, values);
  }

  /**
   * Returns the placeholders of a request, of which either map may be absent but not empty.
   *
   * @throws ValidationException with the service's text
   */
  public static Placeholders of(
      Optional<Map<String, String>> names, Optional<Map<String, AttributeValue>> values) {
    refuseEmpty(NAMES, names);
    refuseEmpty(VALUES, values);
    if (names.isEmpty() && values.isEmpty()) {
      return NONE;
    }
    return new Placeholders(names.orElse(Map.of()), values.orElse(Map.of()));
  }

  /**
   * Refuses placeholders that none of a request's expressions uses; the service checks this after
   * it has read all of them. It names the unused ones in the order of a Java hash set.
   *
   * @throws ValidationException with the service's text
   */
  public void refuseUnused(Collection<? extends ParsedExpression> expressions) {
    refuseUnused(NAMES, names.keySet(), expressions, PlaceholderUse::names);
    refuseUnused(VALUES, values.keySet(), expressions, PlaceholderUse::values);
  }

  private static void refuseUnused(
      String parameter,
      Set<String> given,
      Collection<? extends ParsedExpression> expressions,
      Function<PlaceholderUse, Set<String>> uses) {
    if (given.isEmpty()) {
      return;
    }
    Set<String> unused = new HashSet<>(given);
    expressions.forEach(expression -> unused.removeAll(uses.apply(expression.placeholders())));
    if (!unused.isEmpty()) {
      throw new ValidationException(
          "Value provided in "
              + parameter
              + " unused in expressions: keys: {"
              + String.join(", ", unused)
              + "}");
    }
  }

  private static void refuseEmpty(String parameter, Optional<? extends Map<String, ?>> map) {
    if (map.isPresent() && map.get().isEmpty()) {
      throw new ValidationException(parameter + " must not be empty");
    }
  }

  private static void checkName(String placeholder, String name) {
    int size = Utf8.sizeBytes(placeholder);
    if (size > ExpressionLimits.PLACEHOLDER_BYTES) {
      throw invalidKey(NAMES, tooLong() + " size of key: " + size);
    }
    checkSyntax(NAMES, '#', placeholder);
    AttributeNames.require(name);
  }

  private static void checkValueKey(String placeholder) {
    if (Utf8.sizeBytes(placeholder) > ExpressionLimits.PLACEHOLDER_BYTES) {
      // The service reports the size for names only.
      throw invalidKey(VALUES, tooLong());
    }
    checkSyntax(VALUES, ':', placeholder);
  }

  private static String tooLong() {
    return "The expression attribute map contains a key that is too long;";
  }

  private static void checkSyntax(String parameter, char sign, String placeholder) {
    boolean valid = placeholder.length() > 1 && placeholder.charAt(0) == sign;
    for (int i = 1; valid && i < placeholder.length(); i++) {
      valid = isWord(placeholder.charAt(i));
    }
    if (!valid) {
      throw invalidKey(parameter, "Syntax error; key: \"" + placeholder + "\"");
    }
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static ValidationException invalidKey(String parameter, String problem) {
    return new ValidationException(parameter + " contains invalid key: " + problem);
  }

  private static void checkSize(Map<String, String> names, Map<String, AttributeValue> values) {
    long size = ItemSize.ofAttributes(values);
    for (Map.Entry<String, String> name : names.entrySet()) {
      size += Utf8.sizeBytes(name.getKey()) + Utf8.sizeBytes(name.getValue());
    }
    if (size > ExpressionLimits.SUBSTITUTION_BYTES) {
      // No source has the service's text.
      throw new ValidationException(
          "The total size of "
              + NAMES
              + " and "
              + VALUES
              + " has exceeded the maximum allowed size of "
              + ExpressionLimits.SUBSTITUTION_BYTES
              + " bytes");
    }
  }
}
