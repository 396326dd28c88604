package org.ostraka.identity.directory;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ostraka.model.Tags;

/**
 * A user. Immutable.
 *
 * @param boundary the ARN of the policy that limits what the user may do
 * @param groups the unique ids of the user's groups
 */
public record User(
    Head head, Tags tags, Optional<String> boundary, PolicySet policies, SortedSet<String> groups)
    implements Actor {
  public User {
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
  }

  @Override
  public EntityKey key() {
    return EntityKey.of(EntityKind.USER, head.name());
  }

  @Override
  public User with(PolicySet changed) {
    return new User(head, tags, boundary, changed, groups);
  }

  @Override
  public User withBoundary(Optional<String> policyArn) {
    return new User(head, tags, policyArn, policies, groups);
  }

  @Override
  public User withTags(Tags changed) {
    return new User(head, changed, boundary, policies, groups);
  }

  User withHead(Head changed) {
    return new User(changed, tags, boundary, policies, groups);
  }

  User withGroup(String groupId) {
    SortedSet<String> changed = new TreeSet<>(groups);
    changed.add(groupId);
    return new User(head, tags, boundary, policies, changed);
  }

  User withoutGroup(String groupId) {
    SortedSet<String> changed = new TreeSet<>(groups);
    changed.remove(groupId);
    return new User(head, tags, boundary, policies, changed);
  }
}
