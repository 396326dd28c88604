package org.ostraka.server.query;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The parameters of one request or of one structure in it, which satisfy their constraints.
 * Immutable.
 */
final class Parameters {
  private final Map<String, List<String>> texts;
  private final Map<String, List<Parameters>> structures;

  Parameters(Map<String, List<String>> texts, Map<String, List<Parameters>> structures) {
    this.texts = Map.copyOf(texts);
    this.structures = Map.copyOf(structures);
  }

  /** Returns a required text. */
  String text(Parameter parameter) {
    return find(parameter).orElseThrow(() -> new NoSuchElementException(parameter.name()));
  }

  /** Returns a text; empty when the request does not have it. */
  Optional<String> find(Parameter parameter) {
    return texts(parameter).stream().findFirst();
  }

  /** Returns a number; empty when the request does not have it. */
  Optional<Integer> number(Parameter parameter) {
    return find(parameter).map(Integer::parseInt);
  }

  /** Returns whether a flag is set. */
  boolean isSet(Parameter parameter) {
    return find(parameter).filter("true"::equals).isPresent();
  }

  /** Returns a list of texts; empty when the request does not have it. */
  List<String> texts(Parameter parameter) {
    return texts.getOrDefault(parameter.name(), List.of());
  }

  /** Returns a list of structures; empty when the request does not have it. */
  List<Parameters> structures(Parameter parameter) {
    return structures.getOrDefault(parameter.name(), List.of());
  }
}
