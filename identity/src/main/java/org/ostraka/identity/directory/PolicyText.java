package org.ostraka.identity.directory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ostraka.identity.policy.PolicyDocument;

/** A policy as it was written, and as it was read. Two of the same text are equal. Immutable. */
public final class PolicyText {
  private final String text;
  private final PolicyDocument document;

  /**
   * Makes the pair.
   *
   * @param document what a reader of policies has read from the text
   */
  public PolicyText(String text, PolicyDocument document) {
    this.text = text;
    this.document = document;
  }

  public String text() {
    return text;
  }

  public PolicyDocument document() {
    return document;
  }

  /** Returns the number of characters without white space, which limits count. */
  int countedCharacters() {
    return Math.toIntExact(text.chars().filter(each -> !Character.isWhitespace(each)).count());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyText policy && text.equals(policy.text);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
