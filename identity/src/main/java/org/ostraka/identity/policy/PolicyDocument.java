package org.ostraka.identity.policy;

import java.util.List;
import java.util.Optional;

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
}
