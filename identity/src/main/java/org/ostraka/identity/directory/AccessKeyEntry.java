package org.ostraka.identity.directory;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.identity.signature.Secret;

/**
 * An access key of a user or of the account's root user. Immutable.
 *
 * @param id such as {@code AKIA...}
 * @param userId the user's unique id; absent when the key is the root user's
 * @param isActive whether requests may be signed with it
 */
public record AccessKeyEntry(
    String id, Optional<String> userId, Secret secret, boolean isActive, Instant created)
    implements Entity {
  @Override
  public EntityKey key() {
    return key(id);
  }

  /** Returns the key of the entity. Access keys are distinguished by case. */
  static EntityKey key(String id) {
    return new EntityKey(EntityKind.ACCESS_KEY, id);
  }

  AccessKeyEntry withActive(boolean active) {
    return new AccessKeyEntry(id, userId, secret, active, created);
  }
}
