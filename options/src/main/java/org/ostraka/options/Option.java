package org.ostraka.options;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An option: {@code --port 8000} or {@code --port=8000}. Immutable. A command makes it once, as a
 * constant, declares it in its list of options and reads its value with it.
 *
 * @param <T> the type of the option's value
 */
public final class Option<T> {
  private static final String SEPARATOR = ",";
  private static final String SEVERAL = "[,...]";
  private static final char NO_LETTER = 0;

  static final Option<Boolean> HELP =
      new Option<>("--help", 'h', "", false, "Shows this text.", Optional::isPresent);
  static final Option<Boolean> VERSION =
      new Option<>("--version", 'V', "", false, "Shows the version.", Optional::isPresent);

  private final String name;
  private final char letter;
  private final String valueName;
  private final boolean isRepeatable;
  private final String description;
  private final Function<Optional<List<String>>, T> reader;

  private Option(
      String name,
      char letter,
      String valueName,
      boolean isRepeatable,
      String description,
      Function<Optional<List<String>>, T> reader) {
    this.name = name;
    this.letter = letter;
    this.valueName = valueName;
    this.isRepeatable = isRepeatable;
    this.description = description;
    this.reader = reader;
  }

  private Option(
      String name,
      String valueName,
      boolean isRepeatable,
      String description,
      Function<Optional<List<String>>, T> reader) {
    this(name, NO_LETTER, valueName, isRepeatable, description, reader);
  }

  /** An option without a value: true when it is given. */
  public static Option<Boolean> flag(String name, String description) {
    return new Option<>(name, "", false, description, Optional::isPresent);
  }

  /** An option with a value that may be given once. */
  public static <T> Option<Optional<T>> optional(String name, Kind<T> kind, String description) {
    return new Option<>(
        name,
        kind.name(),
        false,
        description,
        given -> given.map(texts -> one(name, " is ", kind, texts.getFirst())));
  }

  /** An option with a default value, which its description names. */
  public static <T> Option<T> withDefault(
      String name, Kind<T> kind, String text, String description) {
    return new Option<>(
        name,
        kind.name(),
        false,
        withDefaultNamed(description, text),
        given -> one(name, " is ", kind, given.map(List::getFirst).orElse(text)));
  }

  /** An option that must be given. */
  public static <T> Option<T> required(String name, Kind<T> kind, String description) {
    return new Option<>(
        name,
        kind.name(),
        false,
        description,
        given ->
            given
                .map(texts -> one(name, " is ", kind, texts.getFirst()))
                .orElseThrow(() -> new BadArgumentsException(name + " is missing")));
  }

  /** An option that may be given several times, each time with one value. */
  public static <T> Option<List<T>> repeatable(String name, Kind<T> kind, String description) {
    return new Option<>(
        name,
        kind.name(),
        true,
        description,
        given ->
            given.stream()
                .flatMap(List::stream)
                .map(text -> one(name, " is ", kind, text))
                .toList());
  }

  /** An option that may be given several times, each time with values separated by commas. */
  public static <T> Option<List<T>> list(String name, Kind<T> kind, String description) {
    return new Option<>(
        name,
        kind.name() + SEVERAL,
        true,
        description,
        given -> all(name, kind, given.stream().flatMap(List::stream).flatMap(Option::parts)));
  }

  /** A list with a default value, which its description names. */
  public static <T> Option<List<T>> listWithDefault(
      String name, Kind<T> kind, String text, String description) {
    return new Option<>(
        name,
        kind.name() + SEVERAL,
        true,
        withDefaultNamed(description, text),
        given -> all(name, kind, given.orElse(List.of(text)).stream().flatMap(Option::parts)));
  }

  /** Returns the name, with its hyphens. */
  public String name() {
    return name;
  }

  String description() {
    return description;
  }

  boolean isRepeatable() {
    return isRepeatable;
  }

  boolean takesValue() {
    return !valueName.isEmpty();
  }

  String valueName() {
    return valueName;
  }

  Optional<Character> letter() {
    return letter == NO_LETTER ? Optional.empty() : Optional.of(letter);
  }

  /** Converts the given texts, in order, to the option's value; refuses an illegal text. */
  T read(Optional<List<String>> given) {
    return reader.apply(given);
  }

  private static String withDefaultNamed(String description, String text) {
    if (!description.endsWith(".")) {
      throw new IllegalArgumentException("a description is a sentence");
    }
    return description.substring(0, description.length() - 1) + " (default: " + text + ").";
  }

  private static Stream<String> parts(String text) {
    return Stream.of(text.split(SEPARATOR, -1));
  }

  private static <T> List<T> all(String name, Kind<T> kind, Stream<String> texts) {
    return texts.map(text -> one(name, " are ", kind, text)).toList();
  }

  private static <T> T one(String name, String verb, Kind<T> kind, String text) {
    try {
      return kind.reader().apply(text);
    } catch (IllegalArgumentException _) {
      String what = text.isEmpty() ? "an empty text" : text;
      throw new BadArgumentsException(name + verb + kind.rule() + ", not " + what);
    }
  }
}
