package org.ostraka.identity.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of a query, in their encoded form. Immutable. */
final class QueryString {
  /** The parameter that has the signature, and so cannot be signed. */
  static final String SIGNATURE = "X-Amz-Signature";

  private static final QueryString NONE = new QueryString(List.of());
  private static final Comparator<Parameter> ORDER =
      Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

  private final List<Parameter> parameters;

  private record Parameter(String name, String value) {}

  private QueryString(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** Reads a query as sent. A parameter without an equal sign has an empty value. */
  static QueryString of(String query) {
    if (query.isEmpty()) {
      return NONE;
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String part : query.split("&")) {
      int equals = part.indexOf('=');
      if (!part.isEmpty()) {
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        parameters.add(
            new Parameter(PercentEncoding.ofQueryPart(name), PercentEncoding.ofQueryPart(value)));
      }
    }
    return new QueryString(parameters);
  }

  /** Returns the decoded value of a parameter; empty when it is absent or has no value. */
  Optional<String> value(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name) && !parameter.value().isEmpty()) {
        return Optional.of(PercentEncoding.decoded(parameter.value()));
      }
    }
    return Optional.empty();
  }

  /** Returns whether a parameter is there, with or without a value. */
  boolean has(String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  /** Returns the canonical query: all parameters but the signature, in order. */
  String canonical() {
    if (parameters.isEmpty()) {
      return "";
    }
    return parameters.stream()
        .filter(parameter -> !parameter.name().equals(SIGNATURE))
        .sorted(ORDER)
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining("&"));
  }
}
