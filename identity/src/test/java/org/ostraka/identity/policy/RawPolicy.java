package org.ostraka.identity.policy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A policy as its JSON has it, for tests that evaluate it in two ways. Immutable. */
record RawPolicy(String version, List<RawStatement> statements) {

  /**
   * A statement.
   *
   * @param principals the names after "AWS" or "Service"; none in policies of identities
   * @param conditions values by operator and key
   */
  record RawStatement(
      String effect,
      String principalElement,
      Map<String, List<String>> principals,
      String actionElement,
      List<String> actions,
      String resourceElement,
      List<String> resources,
      Map<String, Map<String, List<String>>> conditions) {

    private String json() {
      String principal =
          principals.isEmpty()
              ? ""
              : quoted(principalElement) + ":" + object(principals, RawPolicy::list) + ",";
      String condition =
          conditions.isEmpty()
              ? ""
              : ",\"Condition\":" + object(conditions, keys -> object(keys, RawPolicy::list));
      return "{\"Effect\":"
          + quoted(effect)
          + ","
          + principal
          + quoted(actionElement)
          + ":"
          + list(actions)
          + ","
          + quoted(resourceElement)
          + ":"
          + list(resources)
          + condition
          + "}";
    }
  }

  String json() {
    return "{\"Version\":"
        + quoted(version)
        + ",\"Statement\":["
        + statements.stream().map(RawStatement::json).collect(Collectors.joining(","))
        + "]}";
  }

  private static <V> String object(Map<String, V> members, Function<V, String> json) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + json.apply(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String list(List<String> texts) {
    return texts.stream().map(RawPolicy::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
