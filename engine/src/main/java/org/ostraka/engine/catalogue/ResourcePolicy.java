package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.wire.PolicyReader;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.identity.wire.PolicyWriter;

/**
 * The resource-based policy of a table or a stream, or what is left of one that was removed: the
 * time of its removal. Immutable.
 */
public final class ResourcePolicy {
  private final Optional<PolicyDocument> document;
  private final Instant changed;

  /**
   * Makes the policy.
   *
   * @param document absent when the policy was removed
   * @param changed the time of the change that made it so, in whole milliseconds
   */
  public ResourcePolicy(Optional<PolicyDocument> document, Instant changed) {
    this.document = document;
    this.changed = changed;
  }

  static ResourcePolicy stored(Optional<String> text, Instant changed) {
    return new ResourcePolicy(
        text.map(each -> PolicyReader.read(each, PolicyUse.RESOURCE)), changed);
  }

  public Optional<PolicyDocument> document() {
    return document;
  }

  public Instant changed() {
    return changed;
  }

  /** Returns the number of its revision, which is the time of the change. */
  public String revisionId() {
    return Long.toString(changed.toEpochMilli());
  }

  /** Returns the document's text, in which a version that it does not name is absent. */
  Optional<String> text() {
    return document.map(PolicyWriter::write);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResourcePolicy policy
        && text().equals(policy.text())
        && changed.equals(policy.changed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text(), changed);
  }

  @Override
  public String toString() {
    return revisionId() + " " + text();
  }
}
