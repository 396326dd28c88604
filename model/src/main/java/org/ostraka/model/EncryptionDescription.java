package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The encryption of a table with a key of its own choice, as DescribeTable reports it: the API's
 * SSEDescription. Immutable.
 *
 * @param keyArn the key; absent while a table that had none gets one
 * @param isUpdating whether the key is being changed
 * @param inaccessibleSince when it was first seen that the key cannot be used; empty when it can
 */
public record EncryptionDescription(
    Optional<String> keyArn, boolean isUpdating, Optional<Instant> inaccessibleSince) {
  /** Makes the description of a key that can be used. */
  public EncryptionDescription(Optional<String> keyArn, boolean isUpdating) {
    this(keyArn, isUpdating, Optional.empty());
  }
}
