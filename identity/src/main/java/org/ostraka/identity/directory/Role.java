package org.ostraka.identity.directory;

import java.time.Duration;
import java.util.Optional;
import org.ostraka.model.Tags;

/**
 * A role, which others may assume for a session. Immutable.
 *
 * @param trust says who may assume it
 * @param maxSession the longest session
 * @param boundary the ARN of the policy that limits what the role may do
 */
public record Role(
    Head head,
    String description,
    PolicyText trust,
    Duration maxSession,
    Tags tags,
    Optional<String> boundary,
    PolicySet policies)
    implements Actor {
  @Override
  public EntityKey key() {
    return EntityKey.of(EntityKind.ROLE, head.name());
  }

  @Override
  public Role with(PolicySet changed) {
    return new Role(head, description, trust, maxSession, tags, boundary, changed);
  }

  @Override
  public Role withBoundary(Optional<String> policyArn) {
    return new Role(head, description, trust, maxSession, tags, policyArn, policies);
  }

  @Override
  public Role withTags(Tags changed) {
    return new Role(head, description, trust, maxSession, changed, boundary, policies);
  }

  Role withTrust(PolicyText changed) {
    return new Role(head, description, changed, maxSession, tags, boundary, policies);
  }

  Role withSettings(String newDescription, Duration newMaxSession) {
    return new Role(head, newDescription, trust, newMaxSession, tags, boundary, policies);
  }
}
