package org.ostraka.server.wire.cloudwatch;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.cloudwatch.CloudWatchError;

/** The members of a structure, read by their types. Immutable. */
final class Fields {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Document.Structure structure;
  private final String path;

  private Fields(Document.Structure structure, String path) {
    this.structure = structure;
    this.path = path;
  }

  /**
   * Takes a structure that has these members only: nothing is accepted and forgotten.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when it has others
   */
  static Fields of(Document.Structure structure, String... known) {
    return of(structure, "", Set.of(known));
  }

  private static Fields of(Document.Structure structure, String path, Collection<String> known) {
    for (String name : structure.members().keySet()) {
      if (!known.contains(name)) {
        throw CloudWatchError.VALIDATION.because(
            path + name + " is not supported by this version of Ostraka");
      }
    }
    return new Fields(structure, path);
  }

  @Nullable String text(String name) {
    Document value = structure.members().get(name);
    return value == null ? null : textOf(value, name);
  }

  private String textOf(Document value, String name) {
    if (value instanceof Document.Text(String text)) {
      return text;
    }
    throw wrong(name, "a text");
  }

  @Nullable Integer integer(String name) {
    return switch (structure.members().get(name)) {
      case null -> null;
      case Document.Numeric(double number)
          when number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE ->
          (int) number;
      case Document.Text(String text) when text.matches("-?\\d{1,9}") -> Integer.parseInt(text);
      case Document _ -> throw wrong(name, "a whole number");
    };
  }

  @Nullable Boolean flag(String name) {
    return switch (structure.members().get(name)) {
      case null -> null;
      case Document.Flag(boolean value) -> value;
      case Document.Text(String text) when text.equals("true") || text.equals("false") ->
          text.equals("true");
      case Document _ -> throw wrong(name, "true or false");
    };
  }

  @Nullable Instant time(String name) {
    try {
      return switch (structure.members().get(name)) {
        case null -> null;
        case Document.Time(Instant time) -> time;
        case Document.Numeric(double seconds) -> ofSeconds(seconds);
        case Document.Text(String text) when text.matches("\\d{1,12}(\\.\\d{1,9})?") ->
            ofSeconds(new BigDecimal(text).doubleValue());
        case Document.Text(String text) -> OffsetDateTime.parse(text).toInstant();
        case Document _ -> throw wrong(name, "a time");
      };
    } catch (DateTimeException | ArithmeticException _) {
      throw wrong(name, "a time");
    }
  }

  /** Returns the time of some seconds since 1970. */
  static Instant ofSeconds(double seconds) {
    if (!Double.isFinite(seconds)) {
      throw new DateTimeException("not a time: " + seconds);
    }
    double whole = Math.floor(seconds);
    return Instant.ofEpochSecond((long) whole, (long) ((seconds - whole) * NANOS_PER_SECOND));
  }

  /** Returns a structure in this one; null when there is none. */
  @Nullable Fields structure(String name, String... known) {
    Document value = structure.members().get(name);
    return value == null ? null : of(structureOf(value, name), path + name + ".", Set.of(known));
  }

  private Document.Structure structureOf(Document value, String name) {
    if (value instanceof Document.Structure inner) {
      return inner;
    }
    throw wrong(name, "a structure");
  }

  /** Returns a list of texts; empty when there is none. */
  List<String> texts(String name) {
    return list(name, element -> textOf(element, name));
  }

  /** Returns a list of structures; empty when there is none. */
  <T> List<T> structures(String name, Function<Fields, T> reading, String... known) {
    return list(
        name,
        element -> reading.apply(of(structureOf(element, name), path + name + ".", Set.of(known))));
  }

  private <T> List<T> list(String name, Function<Document, T> reading) {
    return switch (structure.members().get(name)) {
      case null -> List.of();
      case Document.Several several -> several.elements().stream().map(reading).toList();
      case Document.Text(String empty) when empty.isEmpty() -> List.of();
      case Document _ -> throw wrong(name, "a list");
    };
  }

  private RuntimeException wrong(String name, String wanted) {
    return CloudWatchError.MALFORMED_INPUT.because(
        "The parameter " + path + name + " must be " + wanted + ".");
  }
}
