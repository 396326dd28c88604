package org.ostraka.identity.directory;

/** A group of users, who have its policies. Immutable. */
public record Group(Head head, PolicySet policies) implements Identity {
  @Override
  public EntityKey key() {
    return EntityKey.of(EntityKind.GROUP, head.name());
  }

  @Override
  public Group with(PolicySet changed) {
    return new Group(head, changed);
  }
}
