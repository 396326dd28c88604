package org.ostraka.options;

import java.nio.file.Path;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The type of an option's value, with the rule for legal values. Immutable.
 *
 * @param name the value's name in help texts: {@code PORT}
 * @param rule the legal values, as they follow "--port is" in a message: {@code 0 to 65535}
 * @param reader converts the text; throws IllegalArgumentException for an illegal value
 */
public record Kind<T>(String name, String rule, Function<String, T> reader) {

  /** Any text, including an empty one. */
  public static Kind<String> text(String name) {
    return new Kind<>(name, "a text", Function.identity());
  }

  /** A file or directory. */
  public static Kind<Path> path(String name) {
    return new Kind<>(name, "a path", Path::of);
  }

  /** Any whole number. */
  public static Kind<Long> whole(String name) {
    return new Kind<>(name, "a whole number", Long::valueOf);
  }

  /** A whole number from min to max. */
  public static Kind<Integer> whole(String name, int min, int max) {
    Kind<Long> wide = whole(name, (long) min, max, "");
    return new Kind<>(name, wide.rule, text -> Math.toIntExact(wide.reader.apply(text)));
  }

  /** A whole number of some unit from min to max. */
  public static Kind<Long> whole(String name, long min, long max, String unit) {
    String rule = min + " to " + max + (unit.isEmpty() ? "" : " " + unit);
    return new Kind<>(
        name, rule, text -> legal(Long.valueOf(text), value -> min <= value && value <= max));
  }

  /** A number with a rule; {@code rule} describes what {@code isLegal} checks. */
  public static Kind<Double> number(String name, String rule, DoublePredicate isLegal) {
    return new Kind<>(name, rule, text -> legal(Double.valueOf(text), isLegal::test));
  }

  private static <N> N legal(N value, Predicate<N> isLegal) {
    if (!isLegal.test(value)) {
      throw new IllegalArgumentException();
    }
    return value;
  }
}
