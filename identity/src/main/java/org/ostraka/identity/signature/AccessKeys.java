package org.ostraka.identity.signature;

import java.util.Optional;

/** The access keys that may sign requests. Any thread. */
@FunctionalInterface
public interface AccessKeys {
  /**
   * Returns the active access key with this id; empty when there is none.
   *
   * @param token the session token of the request, if it has one
   */
  Optional<AccessKey> find(String id, Optional<String> token);

  /** Notes that a request was signed with a key that {@link #find} has returned. */
  default void used(AccessKey key, KeyUse use) {}
}
