package org.ostraka.server.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A parameter of an operation, and what must hold of its values. Immutable.
 *
 * @param name the name as requests write it
 * @param kind what its values are
 * @param required whether requests must have it
 * @param rules what must hold of each text
 * @param parts the parameters of each structure
 * @param maxElements the most elements of a list
 * @param secret whether messages must not show its values
 */
record Parameter(
    String name,
    Kind kind,
    boolean required,
    List<Rule> rules,
    List<Parameter> parts,
    int maxElements,
    boolean secret) {
  /** The kinds of parameters. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    TEXTS,
    STRUCTURES
  }

  /** A constraint on a text, with the rest of the service's message. */
  @FunctionalInterface
  interface Rule {
    /** Returns what the text fails to satisfy; empty when it is legal. */
    Optional<String> broken(String text);
  }

  Parameter {
    rules = List.copyOf(rules);
    parts = List.copyOf(parts);
  }

  static Parameter text(String name) {
    return new Parameter(name, Kind.TEXT, false, List.of(), List.of(), 0, false);
  }

  /** A whole number within bounds. */
  static Parameter number(String name, long least, long most) {
    Rule bounds =
        text -> {
          long number = Long.parseLong(text);
          if (number < least) {
            return Optional.of("Member must have value greater than or equal to " + least);
          }
          return number > most
              ? Optional.of("Member must have value less than or equal to " + most)
              : Optional.empty();
        };
    return new Parameter(name, Kind.NUMBER, false, List.of(bounds), List.of(), 0, false);
  }

  static Parameter flag(String name) {
    return new Parameter(name, Kind.FLAG, false, List.of(), List.of(), 0, false);
  }

  /** A list of texts, each of which the rules of the element hold for. */
  static Parameter texts(Parameter element, int most) {
    return new Parameter(
        element.name(), Kind.TEXTS, element.required(), element.rules(), List.of(), most, false);
  }

  static Parameter structures(String name, int most, Parameter... parts) {
    return new Parameter(name, Kind.STRUCTURES, false, List.of(), List.of(parts), most, false);
  }

  Parameter asRequired() {
    return new Parameter(name, kind, true, rules, parts, maxElements, secret);
  }

  Parameter asSecret() {
    return new Parameter(name, kind, required, rules, parts, maxElements, true);
  }

  Parameter length(int least, int most) {
    return with(text -> {
      if (text.length() < least) {
        return Optional.of("Member must have length greater than or equal to " + least);
      }
      return text.length() > most
          ? Optional.of("Member must have length less than or equal to " + most)
          : Optional.empty();
    });
  }

  Parameter pattern(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return with(text ->
        pattern.matcher(text).matches()
            ? Optional.empty()
            : Optional.of("Member must satisfy regular expression pattern: " + regex));
  }

  Parameter oneOf(String... words) {
    List<String> allowed = List.of(words);
    return with(text ->
        allowed.contains(text)
            ? Optional.empty()
            : Optional.of("Member must satisfy enum value set: " + Arrays.toString(words)));
  }

  private Parameter with(Rule rule) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(rule);
    return new Parameter(name, kind, required, all, parts, maxElements, secret);
  }
}
