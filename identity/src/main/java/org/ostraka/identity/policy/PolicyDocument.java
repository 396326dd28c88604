package org.ostraka.identity.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy: statements in order. Immutable.
 *
 * @param version the version of the language; absent when the document names none
 * @param id the document's Id, which has no effect
 */
public record PolicyDocument(
    Optional<LanguageVersion> version, Optional<String> id, List<Statement> statements) {
  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /** Returns the document with the version that it has by default, if it names none. */
  public PolicyDocument withVersion() {
    return new PolicyDocument(Optional.of(version.orElse(LanguageVersion.DEFAULT)), id, statements);
  }

  /**
   * Returns the names of the condition keys that conditions and variables ask for, in the order in
   * which they first occur; the letter case of names does not count.
   */
  public List<String> contextKeys() {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<String> keys = new ArrayList<>();
    for (Statement statement : statements) {
      Set<String> asked = new LinkedHashSet<>();
      statement
          .resources()
          .ifPresent(named ->
              named.patterns().forEach(pattern -> asked.addAll(variables(pattern.toString()))));
      for (Condition condition : statement.conditions()) {
        asked.add(condition.key());
        condition.values().forEach(value -> asked.addAll(variables(value.toString())));
      }
      asked.stream().filter(seen::add).forEach(keys::add);
    }
    return keys;
  }

  private Set<String> variables(String text) {
    return Template.of(text, version.orElse(LanguageVersion.DEFAULT)).keys();
  }
}
